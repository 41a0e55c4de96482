"""Consent: purposes (what is asked), notices (versioned wording), records (what was answered), transparency (Art. 13)."""
