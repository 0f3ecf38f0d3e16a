#pragma once

#include "ui/support/Tone.h"

#include <QString>

#include <functional>

namespace warder {

/// Something that is wrong at this moment. Whoever knows of it says so until it is over; the strip shows it for as long, and once.
struct WindowProblem
{
    QString id; ///< Which one it is: unique within its source.
    Tone tone = Tone::Bad;
    QString text;        ///< What happened, what it means, what to do.
    QString detail = {}; ///< The particulars, for people who know the system; shown on demand.
    QString action = {}; ///< A word on a button; empty: there is nothing to press.
    std::function<void()> onAction = {};
    QString lead = {}; ///< The same of a second button, which leads to where more can be done.
    std::function<void()> onLead = {};
};

} // namespace warder
