#pragma once

#include <QWidget>

class QButtonGroup;

namespace warder {

/// A row of choices, a button each, of which exactly one is made: the arrow keys walk them, Tab goes to the one that is made. GUI thread.
class Chips final : public QWidget
{
    Q_OBJECT
public:
    /// The first of `choices`, at least one, is made. `name`: what is chosen, for screen readers.
    Chips(const QString &name, const QStringList &choices, QWidget *parent);

    int current() const;
    void choose(int choice);
    /// Other words for a choice, such as with a number.
    void setText(int choice, const QString &text);

Q_SIGNALS:
    void chosen(int choice);

private:
    void placeTab();

    QButtonGroup *m_buttons;
};

} // namespace warder
