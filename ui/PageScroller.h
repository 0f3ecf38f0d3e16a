#pragma once

#include <QScrollArea>

class QStackedWidget;

namespace warder {

/// Holds the pages: as large as the room there is, and to be scrolled where that is less than the page in view needs, in a small window or
/// a language of long words. What has the keyboard is in view, also in what scrolls within a page. GUI thread.
class PageScroller final : public QScrollArea
{
    Q_OBJECT
public:
    PageScroller(QStackedWidget *pages, QWidget *parent);
    ~PageScroller() override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {600, 300}; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    void bringIntoView(QWidget &widget);

    QStackedWidget *m_pages;
};

} // namespace warder
