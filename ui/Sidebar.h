#pragma once

#include "ui/support/Tone.h"

#include <QListWidget>

namespace warder {

/// The pages by icon and name, with a number beside a page that wants to be looked at, or has many of something; arrow keys walk them.
class Sidebar final : public QListWidget
{
    Q_OBJECT
public:
    static constexpr int CountRole = Qt::UserRole + 3; ///< What stands beside a page's name by setCount().

    explicit Sidebar(QWidget *parent);

    /// Icons alone, with their names as tips, and of a badge the mark; for a window that has little room.
    void setNarrow(bool narrow);
    bool isNarrow() const { return m_isNarrow; }

    void add(const QString &iconName, const QString &name);
    /// A number beside the page's name, with the mark of the tone; none for 0. `words` say the same to screen readers and in a tool tip.
    void setBadge(int row, qint64 number, Tone tone, const QString &words);
    /// A quiet number without a mark, of thousands from 1000 on; none for 0. `words` say it exactly, in a tip. For a page without a badge.
    /// Screen readers do not hear of it: it changes all the time, and the page itself says it.
    void setCount(int row, qint64 number, const QString &words);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {sizeHint().width(), 100}; }

private:
    void showTip(QListWidgetItem &page) const;
    void applyPalette();

    bool m_isNarrow = false;
};

} // namespace warder
