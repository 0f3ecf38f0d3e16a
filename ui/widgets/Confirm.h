#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace warder {

/// What is about to happen, exactly, and the word for it.
struct Confirmation
{
    QString question; ///< "Revoke 3 sessions of 2 users?"
    QString effect;   ///< What follows from it.
    QString action;   ///< "Revoke"
};

/// Asks before something that cannot be undone; returns at once, `onYes` is called if the person agrees. Enter agrees,
/// Escape does not.
void confirm(QWidget *parent, const Confirmation &confirmation, std::function<void()> onYes);

} // namespace warder
