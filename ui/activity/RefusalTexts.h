#pragma once

#include "core/console/orders/Refusals.h"
#include "ui/support/Tone.h"

#include <QCoreApplication>

namespace warder {

/// Why something was refused, in words. Pure; GUI thread.
class RefusalTexts final
{
    Q_DECLARE_TR_FUNCTIONS(warder::RefusalTexts)
public:
    /// "Signature", "Session"
    static QString subject(RefusalCheck check);
    /// What was found, what that means and what to do.
    static QString of(const RefusalCheckView &check, TimePoint now);
    static Tone tone(const RefusalCheckView &check);

    /// All of it in a sentence.
    static QString verdict(const RefusalView &view);
    static Tone tone(const RefusalView &view);
    /// "POST /login"; of a request to no route only how it was asked.
    static QString asked(const RefusedRequestView &request);
    /// "401 invalid_token"
    static QString answer(const RefusedRequestView &request);
    /// The request itself: what was asked for, from where, and how it was answered.
    static QString request(const RefusedRequestView &request, TimePoint now);

private:
    static QString ofKey(const RefusalCheckView &check, TimePoint now);
    static QString ofClaims(const RefusalCheckView &check, TimePoint now);
    static QString ofSession(const RefusalCheckView &check, TimePoint now);
    static QString ofRequest(const RefusalCheckView &check);
    static QString passed(const RefusalCheckView &check, TimePoint now);
    static QString tokenPassed(const RefusalCheckView &check);
};

} // namespace warder
