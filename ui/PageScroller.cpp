#include "ui/PageScroller.h"

#include <QApplication>
#include <QEvent>
#include <QLayout>
#include <QScrollBar>
#include <QStackedWidget>

namespace warder {
namespace {

int leastHeight(const QWidget &page, int width)
{
    const QLayout *layout = page.layout();
    return layout && layout->hasHeightForWidth() ? layout->totalMinimumHeightForWidth(width) : page.minimumSizeHint().height();
}

} // namespace

PageScroller::PageScroller(QStackedWidget *pages, QWidget *parent) : QScrollArea(parent), m_pages(pages)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    viewport()->setAutoFillBackground(false);
    setWidget(pages);
    pages->setAutoFillBackground(false);
    connect(pages, &QStackedWidget::currentChanged, this, &PageScroller::fit);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) {
        if (now && m_pages->isAncestorOf(now))
            bringIntoView(*now);
    });
}

PageScroller::~PageScroller() { disconnect(qApp, nullptr, this, nullptr); } // the pages may lose the keyboard on the way

/// From inside to outside: what scrolls within a page, then the page.
void PageScroller::bringIntoView(QWidget &widget)
{
    if (QGuiApplication::mouseButtons() != Qt::NoButton)
        return; // what is pressed is in view, and would slip away
    for (QWidget *around = widget.parentWidget(); around && around != parentWidget(); around = around->parentWidget()) {
        if (auto *scrolled = qobject_cast<QScrollArea *>(around))
            scrolled->ensureWidgetVisible(&widget);
    }
}

QSize PageScroller::sizeHint() const { return m_pages->sizeHint(); }

void PageScroller::fit()
{
    const QWidget *page = m_pages->currentWidget();
    if (!page)
        return;
    QSize room = maximumViewportSize();
    const int least = page->minimumSizeHint().width();
    if (leastHeight(*page, qMax(least, room.width())) > room.height())
        room.rwidth() -= verticalScrollBar()->sizeHint().width();
    if (least > room.width())
        room.rheight() -= horizontalScrollBar()->sizeHint().height();
    room.setWidth(qMax(least, room.width()));
    m_pages->resize(room.expandedTo(QSize(0, leastHeight(*page, room.width()))));
}

bool PageScroller::eventFilter(QObject *watched, QEvent *event)
{
    const bool handled = QScrollArea::eventFilter(watched, event);
    if (watched == m_pages && event->type() == QEvent::LayoutRequest)
        fit();
    return handled;
}

void PageScroller::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    fit();
}

} // namespace warder
