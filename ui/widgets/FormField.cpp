#include "ui/widgets/FormField.h"

#include "ui/support/FollowPalette.h"
#include "ui/support/Icons.h"
#include "ui/support/Space.h"
#include "ui/support/Tone.h"
#include "ui/widgets/Labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

FormField::FormField(const QString &name, const QString &remark, QWidget *parent)
    : QWidget(parent), m_edit(new QLineEdit(this)), m_row(new QHBoxLayout), m_below(textLabel(remark, this)), m_remark(remark)
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(Space::narrow);
    keepReadable(m_edit);
    auto *label = textLabel(name, this);
    label->setBuddy(m_edit);
    static const QRegularExpression mark(u"&(.?)"_s);
    m_edit->setAccessibleName(QString(name).replace(mark, u"\\1"_s));
    all->addWidget(label);
    m_row->setSpacing(Space::small);
    m_row->addWidget(m_edit, 1);
    all->addLayout(m_row);
    all->addWidget(m_below);
    setFault({});
    followPalette(this, [this] { colourRemark(); });
    connect(m_edit, &QLineEdit::textEdited, this, [this] { setFault({}); });
    setFocusProxy(m_edit);
}

QString FormField::text() const { return m_edit->text(); }

void FormField::addBeside(QWidget *widget) { m_row->addWidget(widget); }

void FormField::makeSecret()
{
    if (m_eye)
        return;
    m_edit->setEchoMode(QLineEdit::Password);
    m_eye = new QToolButton(this);
    m_eye->setObjectName(u"eye"_s);
    m_eye->setIcon(icon(u"eye"_s));
    m_eye->setAutoRaise(true);
    m_eye->setCheckable(true);
    m_eye->setFocusPolicy(Qt::StrongFocus);
    //: Tool tip of the eye beside a password field.
    m_eye->setToolTip(tr("Show what is typed"));
    //: Name of the eye beside a field, for screen readers; %1 is the field's name, such as "Password".
    m_eye->setAccessibleName(tr("Show what is typed: %1").arg(m_edit->accessibleName()));
    m_row->insertWidget(1, m_eye);
    setTabOrder(m_edit, m_eye); // it may come later than the fields below
    connect(m_eye, &QToolButton::toggled, this,
            [this](bool isShown) { m_edit->setEchoMode(isShown ? QLineEdit::Normal : QLineEdit::Password); });
}

void FormField::showSecret()
{
    if (m_eye)
        m_eye->setChecked(true);
}

void FormField::setFault(const QString &fault)
{
    m_hasFault = !fault.isEmpty();
    m_below->setText(m_hasFault ? fault : m_remark);
    m_below->setVisible(!m_below->text().isEmpty());
    colourRemark();
    m_edit->setAccessibleDescription(m_below->text());
}

void FormField::colourRemark()
{
    QPalette own;
    own.setColor(QPalette::WindowText, m_hasFault ? colourOf(Tone::Bad, palette()) : quietText(palette()));
    m_below->setPalette(own);
}

} // namespace warder
