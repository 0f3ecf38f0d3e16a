#include "ui/mail/MailTransportLine.h"

#include "ui/mail/MailTexts.h"
#include "ui/support/Space.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/StateDot.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

void showText(QLabel *label, const QString &text)
{
    if (label->text() != text)
        label->setText(text);
    label->setVisible(!text.isEmpty());
}

} // namespace

MailTransportLine::MailTransportLine(QWidget *parent)
    : Panel({}, parent), m_dot(new StateDot(this)), m_where(textLabel({}, this)), m_trouble(textLabel({}, this)),
      m_remark(quietLabel({}, this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    body()->setContentsMargins(Space::large, Space::small, Space::medium, Space::small);
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::small);
    row->addLayout(besideFirstLine(m_dot));
    auto *words = new QVBoxLayout;
    words->setSpacing(Space::narrow);
    for (QLabel *label : {m_where, m_trouble, m_remark}) {
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        words->addWidget(label);
    }
    row->addLayout(words, 1);
    body()->addLayout(row);
    m_where->setObjectName(u"transport"_s);
    m_trouble->setObjectName(u"transportTrouble"_s);
    m_remark->setObjectName(u"transportRemark"_s);
    hide(); // until it is known
}

void MailTransportLine::present(const MailOverview &mail, const std::optional<ProblemView> &trouble, TimePoint now)
{
    m_dot->setTone(MailTexts::tone(mail, trouble));
    showText(m_where, MailTexts::transport(mail));
    showText(m_trouble, MailTexts::trouble(mail, trouble, now));
    showText(m_remark, m_trouble->text().isEmpty() ? MailTexts::remark(mail) : QString());
    show();
}

} // namespace warder
