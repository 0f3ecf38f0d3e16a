#!/usr/bin/env python3
"""Bills of materials, CycloneDX 1.6: what is in an artefact, what its programs were built with, and what they need of the system.

usage: sbom.py DIST    writes those of the Debian packages in DIST
"""
import base64
import datetime
import json
import pathlib
import re
import sys
import tempfile
import uuid

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

sys.dont_write_bytecode = True
import parts  # noqa: E402

HEADERS = ("nlohmann-json3-dev",)                  # libraries without a file to load: they are compiled into the programs
SWAGGER = pathlib.Path(__file__).parents[2] / "resources/docs/swagger-ui/README.md"


def library(purl, **more):
    return Component(type=ComponentType.LIBRARY, name="/".join(filter(None, (purl.namespace if purl.type == "npm" else None, purl.name))),
                     version=purl.version, purl=purl, bom_ref=purl.to_string(), **more)


def of_system(name):
    """A package of the system's, as it is here; without a version where it is not."""
    version, architecture = parts.installed(name) or (None, None)
    return library(PackageURL("deb", "debian", name, version, {"arch": architecture} if architecture else None))


def of_ours(package):
    return library(PackageURL("deb", "warder", package.name, package.version, {"arch": package.architecture}))


def of_npm(name, version, **more):
    namespace, _, plain = name.rpartition("/")
    return library(PackageURL("npm", namespace or None, plain, version), **more)


def compiled_in():
    version, = re.findall(r"^Swagger UI (\S+) ", SWAGGER.read_text())
    return [*map(of_system, HEADERS), of_npm("swagger-ui-dist", version)]


def of_starter(lock):
    """The Next.js package, which is in the starter, and what `npm ci` fetches there: by its lock file."""
    for path, entry in json.loads(lock.read_text())["packages"].items():
        if path:
            hashes = [HashType(alg=HashAlgorithm.SHA_512, content=base64.b64decode(each.removeprefix("sha512-")).hex())
                      for each in entry.get("integrity", "").split() if each.startswith("sha512-")]
            scope = ComponentScope.OPTIONAL if entry.get("dev") or entry.get("optional") else ComponentScope.REQUIRED
            yield of_npm(path.rpartition("node_modules/")[2], entry["version"], hashes=hashes, scope=scope)


def components(packages, others, needed):
    """Of these packages of ours, these of the system's, and those of ours that are needed beside them."""
    found = [*map(of_system, others), *map(of_ours, needed)]
    if any((each.root / "usr/bin").is_dir() for each in packages):
        found += compiled_in()
    for each in packages:
        for lock in each.root.glob("usr/share/warder/starter/package-lock.json"):
            found += of_starter(lock)
    return {str(each.bom_ref): each for each in found}.values()


def write(artefact, packages, others, needed=()):
    """Beside the artefact, as NAME.cdx.json; the same bytes for the same artefact. `packages` of ours are in it, `others` of the system's are
    in it or needed by it, and so are those of ours in `needed`."""
    subject = Component(type=ComponentType.APPLICATION, name="warder", version=packages[0].version, bom_ref=artefact.name)
    bom = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"{artefact.name}/{parts.EPOCH}"),
              metadata=BomMetaData(component=subject, timestamp=datetime.datetime.fromtimestamp(parts.EPOCH, datetime.timezone.utc)))
    bom.components.update(components(packages, others, needed))
    bom.register_dependency(subject, bom.components)
    text = JsonV1Dot6(bom).output_as_string(indent=1)
    if fault := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise ValueError(f"the bill of materials of {artefact.name} is not valid: {fault}")
    artefact.with_name(f"{artefact.name}.cdx.json").write_text(text)


def main(dist):
    with tempfile.TemporaryDirectory() as folder:
        ours = {name: parts.Package(dist, name, pathlib.Path(folder)) for name in sorted(file.name.split("_")[0] for file in dist.glob("*.deb"))}
        for package in ours.values():
            names = list(package.dependencies)
            write(package.file, [package], [name for name in names if name not in ours], [ours[name] for name in names if name in ours])


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
