"""The values that the files of a site say: components, incidents, updates. Nothing here depends on the time of day."""

from statuspage.model.ids import ID_FORM, ID_LENGTH, api_id, derived_id
from statuspage.model.incident import (
    UNDATED,
    ComponentChange,
    Incident,
    Section,
    Translation,
    Update,
    UpdateWords,
    Window,
)
from statuspage.model.languages import INTERFACE_LANGUAGES, SPEECH_ENGINES, SPOKEN_LANGUAGES, interface_language
from statuspage.model.page import Page
from statuspage.model.site import (
    Brand,
    Component,
    Group,
    HoldStyle,
    LaterClock,
    PromiseClock,
    Site,
    StaffRules,
    Support,
)
from statuspage.model.states import (
    FINAL_STATUSES,
    INCIDENT_STATUSES,
    MAINTENANCE_STATUSES,
    STATE_IMPLIED_BY_IMPACT,
    ComponentState,
    Impact,
    Status,
)

__all__ = [
    "FINAL_STATUSES",
    "ID_FORM",
    "ID_LENGTH",
    "INCIDENT_STATUSES",
    "INTERFACE_LANGUAGES",
    "MAINTENANCE_STATUSES",
    "SPEECH_ENGINES",
    "SPOKEN_LANGUAGES",
    "STATE_IMPLIED_BY_IMPACT",
    "UNDATED",
    "Brand",
    "Component",
    "ComponentChange",
    "ComponentState",
    "Group",
    "HoldStyle",
    "Impact",
    "Incident",
    "LaterClock",
    "Page",
    "PromiseClock",
    "Section",
    "Site",
    "StaffRules",
    "Status",
    "Support",
    "Translation",
    "Update",
    "UpdateWords",
    "Window",
    "api_id",
    "derived_id",
    "interface_language",
]
