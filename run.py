"""The four commands of the portal, on the standard library alone.

python3 run.py demo       the portal with a believable enterprise, on this machine only
python3 run.py test       the linters, the types and all tests, on both databases
python3 run.py mutants    mistakes made on purpose, each of which the tests must notice
python3 run.py bench      what pages and acts cost, beside what one would use instead
"""

import argparse
import hashlib
import http.client
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
STAMP = VENV / "installed-locks"  # the digests of the locks that were installed whole
# Each set holds those after it too, so that one virtual environment serves all commands.
LOCKS = {"demo": ["base.txt"], "test": ["test.txt", "base.txt"]}
LOCKS |= {"mutants": LOCKS["test"], "bench": ["bench.txt", *LOCKS["test"]]}
PROOFS = {"test": "tests", "mutants": "tests.mutants", "bench": "tests.bench"}
HOST = "127.0.0.1"
GUNICORN = "-m gunicorn portal.wsgi --workers 1 --threads 8 --log-level warning"
GUNICORN += " --graceful-timeout 3 --no-control-socket --bind "
# A demo never reaches a real database or mail server, and listens nowhere but on loopback.
LEFT_OUT = {"DATABASE_URL", "DATABASE_POOL", "DATABASE_PREPARE", "EMAIL_URL", "STATIC_ROOT"}
LEFT_OUT |= {"PORTAL_HTTPS", "PORTAL_PROXIES", "PYTHONPATH", "GUNICORN_CMD_ARGS"}
LEFT_OUT |= {"METRICS_TOKEN", "PROMETHEUS_MULTIPROC_DIR"}
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def check_python():
    version = "{}.{}".format(*sys.version_info)
    if sys.version_info < (3, 11):
        sys.exit(f"Python 3.11 or newer is needed, this is {version}.")
    if not importlib.util.find_spec("venv") or not importlib.util.find_spec("ensurepip"):
        sys.exit(f"Python cannot make a venv. Install it: apt-get install python{version}-venv")


def run(*arguments, **options):
    return subprocess.run(arguments, cwd=ROOT, check=False, **options)


def run_quietly(*arguments):
    """Shows what a command printed only when it fails."""
    environment = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1")
    output = run(*arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if output.returncode:
        sys.stderr.write(output.stdout.decode(errors="replace"))
        sys.exit(f"Failed: {' '.join(arguments)}")


def prepare(command):
    """Makes .venv and installs the locked packages, unless this was done before."""
    (ROOT / "var").mkdir(exist_ok=True)
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    if not Path(PYTHON).exists() or run(PYTHON, "-c", probe, capture_output=True).returncode:
        print("Making .venv ...", flush=True)
        run_quietly(sys.executable, "-m", "venv", "--clear", str(VENV))
    locks = [ROOT / "requirements" / name for name in LOCKS[command]]
    digests = [hashlib.sha256(lock.read_bytes()).hexdigest() for lock in locks]
    if STAMP.exists() and digests[0] in STAMP.read_text().split():
        return
    print(f"Installing requirements/{locks[0].name} (about a minute) ...", flush=True)
    STAMP.unlink(missing_ok=True)
    options = ["--quiet", "--require-hashes", "-r", str(locks[0])]
    run_quietly(PYTHON, "-m", "pip", "install", *options)
    STAMP.write_text("\n".join(digests) + "\n")


def check_port(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            sys.exit(f"Port {port} needs more rights. Choose another, as in: --port 8001")
        except OSError:
            sys.exit(f"Port {port} of {HOST} is already taken. Choose another with --port.")


def begin_anew():
    for database in (ROOT / "var").glob("demo.sqlite3*"):
        database.unlink()
    shutil.rmtree(ROOT / "var" / "mail", ignore_errors=True)


def answers(port):
    connection = http.client.HTTPConnection(HOST, port, timeout=20)
    try:
        connection.request("GET", "/")
        return bool(connection.getresponse())
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def stop(children):
    for name in ENDINGS:
        signal.signal(name, signal.SIG_IGN)
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()


def watch(children, port):
    """Says when the portal answers; returns only when one of the children has ended."""
    announced = False
    while all(child.poll() is None for child in children):
        if not announced and answers(port):
            print(f"\nThe portal answers at http://{HOST}:{port}/ (Ctrl-C ends it)", flush=True)
            announced = True
        time.sleep(0.3)


def serve(port, environment):
    children = []
    try:
        for command in (f"{GUNICORN}{HOST}:{port}", "manage.py send_mail_queue --loop"):
            # In sessions of their own: Ctrl-C reaches this process alone, which ends both.
            options = {"cwd": ROOT, "env": environment, "start_new_session": True}
            children.append(subprocess.Popen([PYTHON, *command.split()], **options))
        watch(children, port)
    except KeyboardInterrupt:
        print("\nStopped.")
        return
    finally:
        stop(children)
    sys.exit("A part of the portal ended by itself; the reason is above.")


def demo(port, fresh):
    check_port(port)
    prepare("demo")
    if fresh:
        begin_anew()
    environment = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    environment.update(DJANGO_SETTINGS_MODULE="portal.settings", PORTAL_MODE="demo")
    environment.update(PORTAL_URL=f"http://{HOST}:{port}", PYTHONUNBUFFERED="1")
    for command in ("migrate --verbosity 0", "load_demo"):
        if run(PYTHON, "manage.py", *command.split(), env=environment).returncode:
            sys.exit(f"Failed: manage.py {command}")
    serve(port, environment)


def prove(command, arguments):
    prepare(command)
    sys.stdout.flush()
    os.chdir(ROOT)
    # Takes this process's place, so that a signal reaches the one that stops PostgreSQL.
    os.execv(PYTHON, [PYTHON, "-m", PROOFS[command], *arguments])


def port_number(text):
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)


def read_arguments():
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("demo", allow_abbrev=False)
    serving.add_argument("--port", type=port_number, default=8000, help="8000 unless told")
    serving.add_argument("--fresh", action="store_true", help="forget what was changed")
    usage = "run.py test [--long] [pytest arguments]"
    commands.add_parser("test", usage=usage, allow_abbrev=False)
    usage = "run.py mutants [--fast] [ids of tests/mutants/catalogue.py]"
    commands.add_parser("mutants", usage=usage, allow_abbrev=False)
    usage = "run.py bench [--size 1k|100k|1m] [--related-names] [--only pages] [--load] [--growth]"
    commands.add_parser("bench", usage=usage, allow_abbrev=False)
    chosen, others = parser.parse_known_args()
    if others and chosen.command == "demo":
        serving.error(f"unknown arguments: {' '.join(others)}")
    return chosen, others


def interrupt(*_):
    raise KeyboardInterrupt


def main():
    check_python()
    chosen, others = read_arguments()
    for name in ENDINGS:
        signal.signal(name, interrupt)
    try:
        if chosen.command == "demo":
            demo(chosen.port, chosen.fresh)
        else:
            prove(chosen.command, others)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
