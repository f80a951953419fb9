"""The command line: `python3 -m agent --config FILE`."""

import argparse
import os
import signal
import sys

from agent.audit import AuditLog
from agent.configuration import Configuration, ConfigurationError
from agent.service import Service


def main() -> int:
    parser = argparse.ArgumentParser(prog="agent", description=__doc__)
    parser.add_argument("--config", required=True, metavar="FILE", help="the configuration, as JSON")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        configuration = Configuration.read(arguments.config, os.environ)
    except ConfigurationError as error:
        print(f"failed to start: {error}", file=sys.stderr)
        return 1
    # Said before the port is bound, so it is no sign of readiness: ask /healthz.
    print(f"starting proxmox-agent on {configuration.listen_addr}", flush=True)
    try:
        with AuditLog(configuration.audit_log) as audit:
            Service(configuration, audit).serve()
    except OSError as error:
        print(f"server exited: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


sys.exit(main())
