"""Bills of materials, CycloneDX 1.6: which Debian packages are in an artefact, or are what its programs were built with."""
import datetime
import uuid

from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

import parts


def component(name):
    """A package of the system's that we build on."""
    form = "${Version}\t${Architecture}\n"
    version, architecture = parts.said("dpkg-query", "--show", f"--showformat={form}", name).splitlines()[0].split("\t")
    purl = PackageURL("deb", "debian", name, version, {"arch": architecture})
    return Component(type=ComponentType.LIBRARY, name=name, version=version, purl=purl, bom_ref=purl.to_string())


def write(artefact, version, packages):
    """Beside the artefact, as NAME.cdx.json; the same bytes for the same artefact."""
    subject = Component(type=ComponentType.APPLICATION, name="warder", version=version, bom_ref=artefact.name)
    bom = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"{artefact.name}/{parts.EPOCH}"),
              metadata=BomMetaData(component=subject, timestamp=datetime.datetime.fromtimestamp(parts.EPOCH, datetime.timezone.utc)))
    bom.components.update(map(component, packages))
    bom.register_dependency(subject, bom.components)
    text = JsonV1Dot6(bom).output_as_string(indent=1)
    if fault := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise ValueError(f"the bill of materials of {artefact.name} is not valid: {fault}")
    artefact.with_name(f"{artefact.name}.cdx.json").write_text(text)
