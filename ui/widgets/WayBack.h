#pragma once

#include "ui/widgets/Confirm.h"

#include <QString>

#include <functional>

namespace warder {

/// How something that was done is taken back: what tells whether it still is as it was left, the question, and the order. See
/// Page::undoBy().
template <typename Read, typename Back>
struct WayBack
{
    using Now = typename Read::Answer;

    QString what;  ///< See Undo.
    QString about; ///< See Undo.
    Read read;     ///< Tells how things are. NotFound counts as changed.
    std::function<bool(const Now &now)> stands;
    std::function<Confirmation(const Now &now)> question;
    Back back;
};

} // namespace warder
