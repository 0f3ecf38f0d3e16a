#include "ui/widgets/WorkBar.h"

#include "ui/support/UiTexts.h"
#include "ui/widgets/Labels.h"

#include <QFutureWatcher>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace warder {

WorkBar::WorkBar(QWidget *parent) : QWidget(parent), m_text(quietLabel({}, this)), m_bar(new QProgressBar(this))
{
    //: Button: stops what takes a while. It has no letter to be pressed with Alt: it comes and goes beside all others of a page.
    auto *cancel = new QPushButton(tr("Stop this"), this);
    cancel->setObjectName(u"stopWork"_s);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(160);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_text);
    row->addWidget(m_bar);
    row->addWidget(cancel);
    connect(cancel, &QPushButton::clicked, this, &WorkBar::stop);
    hide();
}

QString WorkBar::whyBusy()
{
    //: Why an order is not given, or a list is not written to a file. “Stop this” is a button below the list.
    return tr("Something else is going on below the list. Wait for its end, or choose “Stop this”, then try again.");
}

/// A copy: whoever is asked to stop also ends it.
void WorkBar::stop()
{
    if (const auto act = m_stop)
        act();
}

void WorkBar::begin(const QString &text, std::function<void()> stop)
{
    m_stop = std::move(stop);
    m_said = text;
    m_text->setText(UiTexts::breakable(text, 40));
    m_bar->setAccessibleName(text);
    show(); // first: who hears of progress sees whether it is in view
    progress(0, 0);
}

void WorkBar::follow(const QString &text, QFuture<void> answer)
{
    follow(text, answer, [answer]() mutable { answer.cancel(); });
}

void WorkBar::follow(const QString &text, const QFuture<void> &answer, std::function<void()> stop)
{
    begin(text, std::move(stop));
    auto *watcher = new QFutureWatcher<void>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this,
            [this, watcher](int done) { progress(done, watcher->progressMaximum()); });
    connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(answer);
}

void WorkBar::progress(qint64 done, qint64 all)
{
    m_done = done;
    m_all = all;
    m_bar->setRange(0, int(all));
    m_bar->setValue(int(done));
    Q_EMIT changed();
}

void WorkBar::end()
{
    m_stop = {};
    hide();
    Q_EMIT changed(); // also where nobody saw it
}

void WorkBar::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    Q_EMIT changed();
}

void WorkBar::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    Q_EMIT changed();
}

} // namespace warder
