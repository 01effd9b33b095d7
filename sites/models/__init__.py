"""Enterprises, their sites, and what stands at them."""

from sites.models.activity import CallRecord, Recording, SipTrunk
from sites.models.hours import Holiday, OpeningHours
from sites.models.inventory import (
    FREE_NUMBER,
    Device,
    DeviceModel,
    PhoneNumber,
    Station,
    Subscriber,
)
from sites.models.orders import EquipmentRequest, Note, NoteVersion, Order, OrderItem, OrderStep
from sites.models.placed import Placed
from sites.models.places import Enterprise, PostalAddress, Site
from sites.models.services import CallHandling, Service, ServiceMember

__all__ = [
    "FREE_NUMBER",
    "CallHandling",
    "CallRecord",
    "Device",
    "DeviceModel",
    "Enterprise",
    "EquipmentRequest",
    "Holiday",
    "Note",
    "NoteVersion",
    "OpeningHours",
    "Order",
    "OrderItem",
    "OrderStep",
    "PhoneNumber",
    "Placed",
    "PostalAddress",
    "Recording",
    "Service",
    "ServiceMember",
    "SipTrunk",
    "Site",
    "Station",
    "Subscriber",
]
