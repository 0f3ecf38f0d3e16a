#include "ui/activity/WhyRefusedDialog.h"

#include "ui/activity/RefusalTexts.h"
#include "ui/activity/RefusalsList.h"
#include "ui/support/Ask.h"
#include "ui/support/LayoutKeeper.h"
#include "ui/support/Space.h"
#include "ui/support/SpokenRole.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/CheckLines.h"
#include "ui/widgets/FocusRing.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/ResultLine.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

WhyRefusedDialog::WhyRefusedDialog(const PageContext &context, QWidget *parent)
    : QDialog(parent), m_context(context),
      //: Field of a form: what somebody wants explained.
      m_given(new FormField(tr("&Token, or request id"),
                            /*: Below a field; X-Request-Id is the name of a header. */
                            tr("An access token, a refresh token, or the X-Request-Id of an answer. It is not kept."), this)),
      m_refusals(new RefusalsList(context, this)), m_verdict(new ResultLine(this)), m_about(quietLabel({}, this))
{
    //: Title of a dialog.
    setWindowTitle(tr("Why was this refused?"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumSize(640, 600);
    build();
    wireList();
    m_given->setFocus();
    //: In place of an answer, before somebody has asked.
    m_verdict->say(Tone::Neutral, tr("The server looks at it as at any request, and changes nothing by that."));
}

WhyRefusedDialog::~WhyRefusedDialog() { m_asked.cancel(); }

void WhyRefusedDialog::build()
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Space::large, Space::large, Space::large, Space::large);
    all->setSpacing(Space::medium);
    all->addWidget(titleLabel(windowTitle(), this));
    m_given->edit().setObjectName(u"given"_s);
    m_given->edit().setMaxLength(int(WhyRefused::longest));
    m_given->makeSecret();
    all->addWidget(m_given);
    all->addWidget(m_refusals, 3);
    addAnswer(*all);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    //: Button of a dialog: asks why something was refused.
    m_send = buttons->addButton(tr("&Explain"), QDialogButtonBox::AcceptRole);
    m_send->setDefault(true);
    m_verdict->setOrder(*m_send);
    all->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &WhyRefusedDialog::reject);
    connect(m_send, &QPushButton::clicked, this, &WhyRefusedDialog::send);
}

void WhyRefusedDialog::addAnswer(QVBoxLayout &all)
{
    all.addWidget(m_verdict);
    m_about->setObjectName(u"about"_s);
    m_about->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_about->hide();
    all.addWidget(m_about);
    m_area = makeChecks();
    m_area->setMinimumHeight(80);
    all.addWidget(m_area, 4);
}

void WhyRefusedDialog::wireList()
{
    connect(m_refusals, &RefusalsList::picked, this, [this](const RefusalView &refusal, bool goOn) {
        m_asked.cancel();
        m_given->setFault({});
        present(refusal);
        if (goOn)
            m_area->setFocus(Qt::TabFocusReason);
    });
    connect(m_refusals, &RefusalsList::notWritten, this, [this](const QString &why) { m_verdict->say(Tone::Bad, UiTexts::reason(why)); });
}

QScrollArea *WhyRefusedDialog::makeChecks()
{
    auto *area = new QScrollArea(this);
    setSpokenRole(area, QAccessible::Grouping);
    new FocusRing(area);
    //: Name of a list in a dialog, for screen readers: what the server looked at.
    area->setAccessibleName(tr("Checks"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->viewport()->setAutoFillBackground(false);
    m_checks = new CheckLines(area);
    m_checks->setContentsMargins(0, 0, Space::small, 0);
    area->setWidget(m_checks);
    new LayoutKeeper(area);
    m_checks->setAutoFillBackground(false);
    return area;
}

void WhyRefusedDialog::send()
{
    m_given->setFault({});
    const QString given = m_given->text().trimmed();
    if (given.isEmpty()) {
        //: What is wrong with a field of a form.
        m_given->setFault(tr("Paste a token or a request id first."));
        return m_given->setFocus();
    }
    m_refusals->forget();
    m_send->setEnabled(false);
    m_checks->clear();
    m_asked.cancel();
    m_asked = m_context.console.ask(WhyRefused {.given = given});
    const auto isNewest = [asked = m_asked] { return !asked.isCanceled(); };
    ask(
        m_asked, this,
        [this, isNewest](const RefusalView &view) {
            if (isNewest())
                present(view);
        },
        [this, isNewest](const Error &error) {
            if (isNewest())
                presentError(error);
        });
}

void WhyRefusedDialog::present(const RefusalView &view)
{
    m_send->setEnabled(true);
    m_checks->clear();
    for (const RefusalCheckView &check : view.checks)
        m_checks->add(RefusalTexts::tone(check), RefusalTexts::subject(check.check), RefusalTexts::of(check, view.now));
    QString about = view.request ? RefusalTexts::request(*view.request, view.now) : QString();
    if (!view.email.isEmpty())
        //: About a token: whose it is; %1 is an e-mail address.
        about = tr("It belongs to %1.").arg(UiTexts::foreign(view.email));
    m_about->setText(about);
    m_about->setVisible(!about.isEmpty());
    m_verdict->say(RefusalTexts::tone(view), RefusalTexts::verdict(view));
}

void WhyRefusedDialog::presentError(const Error &error)
{
    m_send->setEnabled(true);
    m_about->hide();
    if (error.code == ErrorCode::NotFound)
        //: Of something that was pasted.
        return m_verdict->say(Tone::Warning, tr("It is no token, and none of the requests that were refused lately has this id. A server "
                                                "that was started anew has forgotten those before."));
    m_verdict->say(Tone::Bad, UiTexts::of(error));
}

} // namespace warder
