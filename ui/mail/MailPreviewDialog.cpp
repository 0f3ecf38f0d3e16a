#include "ui/mail/MailPreviewDialog.h"

#include "ui/mail/MailTexts.h"
#include "ui/support/Ask.h"
#include "ui/support/FollowPalette.h"
#include "ui/support/Space.h"
#include "ui/support/Tone.h"
#include "ui/support/Type.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/FocusRing.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTextBrowser>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype mostFaults = 4; ///< That are shown.

/// White paper in every palette, as mail programs show mails. What a mail names is not fetched: for a picture stands a point that cannot be
/// seen, since Qt itself would look for a file where there is none.
class MailPaper final : public QTextBrowser
{
public:
    explicit MailPaper(QWidget *parent) : QTextBrowser(parent)
    {
        setOpenLinks(false);
        QPalette paper = palette();
        paper.setColor(QPalette::Base, Qt::white);
        paper.setColor(QPalette::Text, Qt::black);
        paper.setColor(QPalette::Link, QColor(0x0b57d0));
        setPalette(paper);
    }

    QVariant loadResource(int type, const QUrl &) override
    {
        if (type != QTextDocument::ImageResource)
            return {};
        QPixmap point(1, 1);
        point.fill(Qt::transparent);
        return point;
    }
};

QLabel *labelFor(QComboBox *choice, const QString &text, QWidget *parent)
{
    auto *label = textLabel(text, parent);
    label->setWordWrap(false);
    label->setBuddy(choice);
    return label;
}

QString faultsIn(const MailOverview &mail)
{
    if (mail.templateFaults.isEmpty())
        return {};
    //: Before the faults of mail templates that an operator wrote, a line each.
    QStringList lines {MailPreviewDialog::tr("A template of your own that has a fault is not used, Warder’s own one is:")};
    for (const QString &fault : mail.templateFaults.first(qMin(mail.templateFaults.size(), mostFaults)))
        lines += UiTexts::foreign(fault);
    if (const auto others = mail.templateFaults.size() - mostFaults; others > 0)
        //: After the first faults of mail templates.
        lines += MailPreviewDialog::tr("There are %Ln more.", nullptr, int(others));
    return lines.join(u'\n');
}

} // namespace

MailPreviewDialog::MailPreviewDialog(const PageContext &context, const MailOverview &mail, QWidget *parent)
    : QDialog(parent), m_context(context), m_templateFaults(faultsIn(mail)), m_subject(headingLabel({}, this)), m_fault(textLabel({}, this))
{
    //: Title of a dialog that shows how mails look.
    setWindowTitle(tr("Preview of mails"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(900, 600);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Space::large, Space::large, Space::large, Space::large);
    all->setSpacing(Space::medium);
    all->addWidget(titleLabel(windowTitle(), this));
    all->addWidget(makeChoices(mail));
    m_subject->setObjectName(u"subject"_s);
    m_subject->hide(); // a heading says something
    m_subject->setWordWrap(true);
    m_subject->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_fault->setObjectName(u"fault"_s);
    m_fault->setTextInteractionFlags(Qt::TextSelectableByMouse);
    followPalette(m_fault, [this] {
        QPalette own;
        own.setColor(QPalette::WindowText, colourOf(Tone::Bad, palette()));
        m_fault->setPalette(own);
    });
    all->addWidget(m_fault);
    all->addWidget(m_subject);
    all->addWidget(makeSides(), 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    all->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &MailPreviewDialog::reject);
    setFault(m_templateFaults);
}

QWidget *MailPreviewDialog::makeChoices(const MailOverview &mail)
{
    auto *choices = new QWidget(this);
    auto *row = new QHBoxLayout(choices);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::small);
    m_kind = new QComboBox(choices);
    m_kind->setObjectName(u"kind"_s);
    //: Name of a choice, for screen readers: what a mail is about.
    m_kind->setAccessibleName(tr("Kind of the mail"));
    for (const QString &kind : mail.kinds)
        m_kind->addItem(MailTexts::kindOfMail(kind), kind);
    m_language = new QComboBox(choices);
    m_language->setObjectName(u"language"_s);
    //: Name of a choice, for screen readers.
    m_language->setAccessibleName(tr("Language of the mail"));
    for (const QString &language : mail.languages)
        m_language->addItem(MailTexts::language(language), language);
    m_language->setCurrentIndex(qMax(0, m_language->findData(mail.language)));
    //: Before a choice: what a mail is about.
    row->addWidget(labelFor(m_kind, tr("&Kind"), choices));
    row->addWidget(m_kind);
    row->addSpacing(Space::medium);
    //: Before a choice: the language of a mail.
    row->addWidget(labelFor(m_language, tr("&Language"), choices));
    row->addWidget(m_language);
    row->addStretch(1);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &MailPreviewDialog::read);
    connect(m_language, &QComboBox::currentIndexChanged, this, &MailPreviewDialog::read);
    return choices;
}

QWidget *MailPreviewDialog::makeSides()
{
    auto *sides = new QSplitter(this);
    sides->setChildrenCollapsible(false);
    sides->setHandleWidth(12);
    //: Title above a mail as HTML. Mail programs differ in how they show it.
    auto *left = new Panel(tr("As HTML (each mail program shows it in its own way)"), sides);
    left->setFlush();
    m_html = new MailPaper(left);
    m_html->setObjectName(u"html"_s);
    //: Name of a text, for screen readers.
    m_html->setAccessibleName(tr("The mail as HTML"));
    m_html->setFrameShape(QFrame::NoFrame);
    new FocusRing(m_html);
    left->body()->addWidget(m_html);
    //: Title above a mail as plain text.
    auto *right = new Panel(tr("As plain text"), sides);
    right->setFlush();
    m_text = new QPlainTextEdit(right);
    m_text->setObjectName(u"text"_s);
    //: Name of a text, for screen readers.
    m_text->setAccessibleName(tr("The mail as plain text"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setFont(fixedWidth(font()));
    m_text->setFrameShape(QFrame::NoFrame);
    keepReadable(m_text);
    new FocusRing(m_text);
    right->body()->addWidget(m_text);
    sides->setSizes({500, 400});
    return sides;
}

void MailPreviewDialog::look(const QString &kind, const QString &language)
{
    {
        const QSignalBlocker quietKind(m_kind);
        const QSignalBlocker quietLanguage(m_language);
        m_kind->setCurrentIndex(qMax(0, m_kind->findData(kind)));
        if (const int place = m_language->findData(language); place >= 0)
            m_language->setCurrentIndex(place);
    }
    m_kind->setFocus();
    read();
}

void MailPreviewDialog::read()
{
    m_asked.cancel();
    m_asked =
        m_context.console.ask(PreviewMail {.kind = m_kind->currentData().toString(), .language = m_language->currentData().toString()});
    const auto isNewest = [asked = m_asked] { return !asked.isCanceled(); };
    ask(
        m_asked, this,
        [this, isNewest](const MailPreview &preview) {
            if (isNewest())
                present(preview);
        },
        [this, isNewest](const Error &error) {
            if (isNewest())
                presentNothing(UiTexts::of(error));
        });
}

void MailPreviewDialog::present(const MailPreview &preview)
{
    setFault(m_templateFaults);
    m_subject->setText(UiTexts::foreign(preview.subject));
    m_subject->setVisible(!preview.subject.isEmpty());
    m_html->setHtml(preview.html);
    m_text->setPlainText(preview.text);
}

void MailPreviewDialog::presentNothing(const QString &why)
{
    setFault(why);
    m_subject->clear();
    m_subject->hide();
    m_html->clear();
    m_text->clear();
}

void MailPreviewDialog::setFault(const QString &fault)
{
    m_fault->setText(fault);
    m_fault->setVisible(!fault.isEmpty());
    m_html->setAccessibleDescription(fault);
}

} // namespace warder
