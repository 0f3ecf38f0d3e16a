#include "ui/UnseenWork.h"

#include "ui/support/UiTexts.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/WorkBar.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace warder {

UnseenWork::UnseenWork(const QList<WorkBar *> &works, QWidget *parent)
    : QWidget(parent), m_text(new ElidedLabel(this)), m_bar(new QProgressBar(this))
{
    constexpr int widestText = 260; // pixels
    constexpr int barWidth = 80;
    m_text->setObjectName(u"unseenWork"_s);
    m_text->setMaximumWidth(widestText);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(barWidth);
    //: Button in the status bar: stops what takes a while on a page that is not in view.
    auto *stop = new QPushButton(tr("Stop"), this);
    stop->setObjectName(u"stopUnseenWork"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_text);
    row->addWidget(m_bar);
    row->addWidget(stop);
    hide();
    connect(stop, &QPushButton::clicked, this, [this] {
        if (!m_unseen.isEmpty())
            m_unseen.first()->stop();
    });
    for (WorkBar *work : works)
        watch(*work);
}

void UnseenWork::watch(WorkBar &work)
{
    connect(&work, &WorkBar::changed, this, [this, &work] { follow(&work); });
    connect(&work, &QObject::destroyed, this, [this, gone = &work] { forget(gone); });
}

void UnseenWork::forget(const WorkBar *work)
{
    m_unseen.removeIf([work](const WorkBar *each) { return each == work; });
    setVisible(!m_unseen.isEmpty());
}

void UnseenWork::follow(WorkBar *work)
{
    const bool isUnseen = work->isBusy() && !work->isVisible();
    if (!isUnseen)
        m_unseen.removeAll(work);
    else if (!m_unseen.contains(work))
        m_unseen += work;
    setVisible(!m_unseen.isEmpty());
    if (!m_unseen.isEmpty())
        present(*m_unseen.first());
}

void UnseenWork::present(const WorkBar &work)
{
    const int others = int(m_unseen.size()) - 1;
    //: In the status bar, behind what takes a while on a page that is not in view: there are more such tasks.
    const QString more = others > 0 ? tr("and %Ln more", nullptr, others) : QString();
    const QString text = UiTexts::inOneLine(others > 0 ? QStringList {work.text(), more} : QStringList {work.text()});
    if (m_text->text() != text) { // or screen readers would hear of it each time
        m_text->setText(text);
        m_bar->setAccessibleName(text);
    }
    m_bar->setRange(0, int(work.all()));
    m_bar->setValue(int(work.done()));
}

} // namespace warder
