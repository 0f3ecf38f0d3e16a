#pragma once

#include "core/base/Clock.h"

namespace warder {

/// From when until when a certificate is valid.
struct CertificateSpan
{
    TimePoint from;
    TimePoint until;
};

} // namespace warder
