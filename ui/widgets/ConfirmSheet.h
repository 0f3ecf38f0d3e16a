#pragma once

#include <QDialog>

#include <functional>

class QPushButton;

namespace warder {

class NumberCheck;

/// What is about to happen to many, exactly.
struct ManyConfirmation
{
    QString question;       ///< "Revoke 3,412 sessions?"
    QString effect;         ///< What follows from it.
    QString action;         ///< The word for it: "Revoke".
    qint64 number = 0;      ///< How many it is about; typed once more where they are many.
    QStringList names = {}; ///< The first of whom it is about: at most ConfirmSheet::mostNames are shown, a line each.
    qint64 named = 0;       ///< How many names there are in all.
};

/// Asks before something that is done to many and cannot be undone: how many, the first of them by name, and from NumberCheck::many on the
/// number itself. Enter agrees where nothing is to be typed any more, Escape does not. To be opened, and goes when it closes. GUI thread.
class ConfirmSheet final : public QDialog
{
    Q_OBJECT
public:
    static constexpr qsizetype mostNames = 5;

    ConfirmSheet(const ManyConfirmation &what, QWidget *parent, std::function<void()> onYes);

private:
    static QString namesInWords(const ManyConfirmation &what);

    NumberCheck *m_number;
    QPushButton *m_yes;
};

} // namespace warder
