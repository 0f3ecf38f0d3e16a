#pragma once

#include <QWidget>

class QGridLayout;
class QHBoxLayout;
class QLabel;

namespace warder {

/// The first row of a page: its title, what narrows it down, and its orders. Where the page has no room for that, what narrows it down has
/// a row of its own below. GUI thread.
class PageHead final : public QWidget
{
    Q_OBJECT
public:
    /// `about`: what the page is, in a sentence; the tip of the title.
    PageHead(const QString &title, const QString &about, QWidget *parent);

    QString title() const;
    /// Takes the room between title and orders. At most once.
    void addTools(QWidget *tools);
    /// At the right end, or the next one to the right.
    void addControl(QWidget *control);

    /// That of two rows, so that a narrow window may have them.
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;

private:
    int widthOfOneRow() const;
    void arrange();

    QGridLayout *m_cells;
    QLabel *m_title;
    QWidget *m_controls;
    QHBoxLayout *m_row;
    QWidget *m_tools = nullptr;
    bool m_isOneRow = true;
};

} // namespace warder
