#include "ui/widgets/FormField.h"

#include "ui/support/Icons.h"
#include "ui/support/Tone.h"
#include "ui/widgets/Labels.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

FormField::FormField(const QString &name, const QString &remark, QWidget *parent)
    : QWidget(parent), m_edit(new QLineEdit(this)), m_row(new QHBoxLayout), m_below(textLabel(remark, this)), m_remark(remark)
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(3);
    auto *label = textLabel(name, this);
    label->setBuddy(m_edit);
    static const QRegularExpression mark(u"&(.?)"_s);
    m_edit->setAccessibleName(QString(name).replace(mark, u"\\1"_s));
    all->addWidget(label);
    m_row->setSpacing(6);
    m_row->addWidget(m_edit, 1);
    all->addLayout(m_row);
    all->addWidget(m_below);
    setFault({});
    connect(m_edit, &QLineEdit::textEdited, this, [this] { setFault({}); });
    setFocusProxy(m_edit);
}

QString FormField::text() const { return m_edit->text(); }

void FormField::addBeside(QWidget *widget) { m_row->addWidget(widget); }

void FormField::makeSecret()
{
    m_edit->setEchoMode(QLineEdit::Password);
    QAction *eye = m_edit->addAction(icon(u"eye"_s), QLineEdit::TrailingPosition);
    //: Tool tip of the eye in a password field.
    eye->setToolTip(tr("Show what is typed"));
    connect(eye, &QAction::triggered, this,
            [this] { m_edit->setEchoMode(m_edit->echoMode() == QLineEdit::Password ? QLineEdit::Normal : QLineEdit::Password); });
}

void FormField::setFault(const QString &fault)
{
    m_hasFault = !fault.isEmpty();
    m_below->setText(m_hasFault ? fault : m_remark);
    m_below->setVisible(!m_below->text().isEmpty());
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, m_hasFault ? colourOf(Tone::Bad, colours) : quietText(colours));
    m_below->setPalette(colours);
    m_edit->setAccessibleDescription(m_below->text());
}

} // namespace warder
