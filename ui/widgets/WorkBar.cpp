#include "ui/widgets/WorkBar.h"

#include "ui/support/UiTexts.h"
#include "ui/widgets/Labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace warder {

WorkBar::WorkBar(QWidget *parent) : QWidget(parent), m_text(quietLabel({}, this)), m_bar(new QProgressBar(this))
{
    //: Button: stops what takes a while.
    auto *cancel = new QPushButton(tr("&Stop this"), this);
    cancel->setObjectName(u"stopWork"_s);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(160);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_text);
    row->addWidget(m_bar);
    row->addWidget(cancel);
    connect(cancel, &QPushButton::clicked, this, [this] {
        if (const auto stop = m_stop)
            stop();
    });
    hide();
}

void WorkBar::begin(const QString &text, std::function<void()> stop)
{
    m_stop = std::move(stop);
    m_text->setText(UiTexts::breakable(text, 40));
    m_bar->setAccessibleName(text);
    progress(0, 0);
    show();
}

void WorkBar::progress(qint64 done, qint64 all)
{
    m_bar->setRange(0, int(all));
    m_bar->setValue(int(done));
}

void WorkBar::end()
{
    m_stop = {};
    hide();
}

} // namespace warder
