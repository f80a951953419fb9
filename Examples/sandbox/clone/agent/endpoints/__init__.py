"""The endpoints: one module each, with its ROUTES and the functions that answer them."""

import importlib
import pkgutil


def discover() -> dict:
    """(method, path) -> function, of every module in this folder."""
    routes: dict = {}
    for module in pkgutil.iter_modules(__path__):
        for route, function in importlib.import_module(f"{__name__}.{module.name}").ROUTES.items():
            if route in routes:
                raise ValueError(f"two endpoints answer {route}")
            routes[route] = function
    return routes


ROUTES = discover()
