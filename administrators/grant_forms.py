"""The forms by which sites and features are given and taken."""

from collections import defaultdict
from collections.abc import Sequence, Set
from typing import Any

from django import forms
from django.db.models import F
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from administrators.meanwhile import rights_changed
from administrators.models import Administrator
from administrators.pickers import SitePicker
from administrators.querysets import AdministratorQuerySet
from permissions import delegation, rules
from permissions.errors import StaleVersion
from permissions.features import FeatureCode
from permissions.forms import VersionedForm
from permissions.models import FeatureGrant
from sites.arrays import AmongIds
from sites.querysets import SiteQuerySet

NAMED = 10  # sites that somebody would lose


class TakingForm(VersionedForm):
    """A form that may take things away, from the target and so from people below.

    Where it does reach people below, it is saved only once that was said and `confirmed`, and
    reaches no more of them than were `announced`.
    """

    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    announced = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def below(self) -> AdministratorQuerySet:
        return Administrator.objects.below(self.target)

    def taken(self) -> list[str]:
        """The names of what would be taken from the target."""
        raise NotImplementedError

    def given(self) -> list[str]:
        """The names of what would be given to the target at the same time."""
        raise NotImplementedError

    def also_losing(self) -> AdministratorQuerySet:
        """The people below who would lose something too."""
        raise NotImplementedError

    def lost_by(self, people: Sequence[Administrator]) -> dict[int, list[str]]:
        """The names of what each of some of them would lose; of many sites the first."""
        raise NotImplementedError

    def stale(self, error: StaleVersion) -> None:
        """Say which rights others gave and took: on this page ticks alone would show it."""
        super().stale(error)
        shown, now = self.cleaned_data["version"], int(self.data[self.add_prefix("version")])
        for text in rights_changed(self.target, self.actor, now - shown):
            self.add_error(None, text)

    @cached_property
    def losing_count(self) -> int:
        """How many people below lose something too; to be asked before it is saved."""
        return self.also_losing().count()

    def to_confirm(self) -> bool:
        """Whether saving would reach more people below than somebody has said yes to."""
        if not self.is_valid():
            return False
        said = self.cleaned_data["announced"]
        agreed = self.losing_count if said is None else said
        return self.losing_count > (agreed if self.cleaned_data["confirmed"] else 0)


class FeatureField(forms.MultipleChoiceField):
    """Ticks for features. What may be given is the act's to judge, so that it is audited."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        return True


class TakingFeatures(TakingForm):
    """Ticks for features, of which only those that were changed are saved (rule 11)."""

    @property
    def before(self) -> set[str]:
        """What was ticked before."""
        raise NotImplementedError

    @property
    def ticked(self) -> set[str]:
        return set(self.cleaned_data["features"])

    @property
    def removed(self) -> set[str]:
        return self.before - self.ticked

    def taken(self) -> list[str]:
        return _labels(self.removed)

    def given(self) -> list[str]:
        return _labels(self.ticked - self.before)

    def also_losing(self) -> AdministratorQuerySet:
        return self.below.holding_any(features=self.removed)

    def lost_by(self, people: Sequence[Administrator]) -> dict[int, list[str]]:
        grants = FeatureGrant.objects.filter(user__in=people, content_object__in=self.removed)
        held = defaultdict[int, set[str]](set)
        for pk, code in grants.values_list("user", "content_object"):
            held[pk].add(code)
        return {one.pk: _labels(held[one.pk]) for one in people}


class FeaturesForm(TakingFeatures):
    """The features that the target's parent holds."""

    features = FeatureField(label=_("Feature Permissions"), required=False)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, target: Administrator, **kwargs: Any) -> None:
        held = sorted(rules.held_features(target))
        initial = {"features": held, "shown": ",".join(held)}
        super().__init__(*args, target=target, initial=initial, **kwargs)
        self.fields["features"].choices = feature_choices(rules.grantable_features(target))

    @property
    def before(self) -> set[str]:
        """Codes only: the field is hidden, but anybody may write in it."""
        return set(FeatureCode.values).intersection(self.cleaned_data["shown"].split(","))

    def save(self) -> delegation.Changed:
        return delegation.change_features(
            self.target,
            add=sorted(self.ticked - self.before),
            remove=sorted(self.removed),
            by=self.actor,
            version=self.cleaned_data["version"],
        )


def _labels(codes: Set[str]) -> list[str]:
    """In the order of the screen."""
    return [str(code.label) for code in FeatureCode if code in codes]


def feature_choices(grantable: frozenset[FeatureCode]) -> list[tuple[str, Any]]:
    """The features that can be given, in the order of the screen."""
    return [(code.value, code.label) for code in FeatureCode if code in grantable]


class SitesForm(TakingForm):
    """The sites that the target's parent holds, chosen in a picker."""

    all_sites = forms.BooleanField(
        label=_("All sites, present and future"),
        required=False,
        help_text=_("Every site of the enterprise, including those opened later."),
    )

    def __init__(self, *args: Any, target: Administrator, **kwargs: Any) -> None:
        super().__init__(*args, target=target, initial={"all_sites": target.all_sites}, **kwargs)
        self.picker = SitePicker.for_administrator(target, data=self.data)
        if not rules.may_hold_all_sites(target) and "all_sites" not in self.data:
            del self.fields["all_sites"]  # what is sent all the same, the act refuses

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("all_sites") and self.picker.removed:
            self.add_error("all_sites", _("Untick this box to take single sites away."))
        return self.cleaned_data

    @property
    def ends_all_sites(self) -> bool:
        return self.target.all_sites and not self.cleaned_data.get("all_sites", False)

    @property
    def removed(self) -> SiteQuerySet:
        """What would be taken: of what is sent, the open sites that the target holds."""
        return rules.held_sites(self.target).filter(AmongIds(F("pk"), self.picker.removed))

    def taken(self) -> list[str]:
        names = list(self.removed.values_list("name", flat=True))
        return [str(self.fields["all_sites"].label), *names] if self.ends_all_sites else names

    def given(self) -> list[str]:
        if self.cleaned_data.get("all_sites") and not self.target.all_sites:
            return [str(self.fields["all_sites"].label)]
        added = rules.grantable_sites(self.target).filter(AmongIds(F("pk"), self.picker.added))
        return list(added.values_list("name", flat=True))

    def lost_by(self, people: Sequence[Administrator]) -> dict[int, list[str]]:
        every = [str(self.fields["all_sites"].label)] if self.ends_all_sites else []
        return {one.pk: every * one.all_sites + self._sites_lost_by(one) for one in people}

    def _sites_lost_by(self, person: Administrator) -> list[str]:
        held = rules.held_sites(person).filter(AmongIds(F("pk"), self.picker.removed))
        return list(held.values_list("name", flat=True)[: NAMED + 1])

    def also_losing(self) -> AdministratorQuerySet:
        losing = self.below.holding_any(sites=list(self.removed.values_list("pk", flat=True)))
        return losing | self.below.filter(all_sites=True) if self.ends_all_sites else losing

    def save(self) -> delegation.Changed:
        every = self.cleaned_data.get("all_sites", False)
        return delegation.change_sites(
            self.target,
            add=[] if every else self.picker.added,
            remove=[] if every else self.picker.removed,
            all_sites=every if every != self.target.all_sites else None,
            by=self.actor,
            version=self.cleaned_data["version"],
        )
