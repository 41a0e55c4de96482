"""`webinar prove-erasure`: the trial of erasure on a copy of an installation, with the evidence for who asks for it."""
