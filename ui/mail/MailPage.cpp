#include "ui/mail/MailPage.h"

#include "ui/mail/MailPreviewDialog.h"
#include "ui/mail/MailTestDialog.h"
#include "ui/mail/MailTexts.h"
#include "ui/mail/MailTransportLine.h"
#include "ui/mail/MailsModel.h"
#include "ui/support/Icons.h"
#include "ui/support/Pieces.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/ButtonAction.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/EmptyState.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

// Seconds between two readings of what the journal does not tell.
constexpr int betweenReadings = 3;
constexpr int betweenLongReadings = 15;
constexpr int longList = 500; ///< Rows that are read at once.

constexpr qsizetype mostAtOnce = 1000; ///< Mails that one order is about.

QList<Id> idsOf(const QList<MailView> &mails)
{
    QList<Id> ids;
    for (const MailView &mail : mails)
        ids += mail.id;
    return ids;
}

QList<DetailsPanel::Fact> factsOf(const MailView &mail, TimePoint now)
{
    QList<DetailsPanel::Fact> facts {
        //: Name of a fact about a mail: what it is about.
        {MailPage::tr("About"), MailTexts::kind(mail)},
        //: Name of a fact about a mail: whether it went out.
        {MailPage::tr("State"), MailTexts::state(mail)},
    };
    if (!mail.lastLine.isEmpty())
        //: Name of a fact about a mail: what the mail server said, or why it was dropped.
        facts += {MailPage::tr("Last answer"), mail.lastLine};
    if (mail.attempts > 0)
        //: Name of a fact about a mail: how often it was handed to a mail server.
        facts += {MailPage::tr("Tries"), UiTexts::count(mail.attempts)};
    if (mail.endedAt)
        //: Name of a fact about a mail: when it was sent, dropped or refused.
        facts += {MailPage::tr("Over since"), Times::withAge(*mail.endedAt, now)};
    else if (mail.dueAt && mail.state == MailState::Queued)
        //: Name of a fact about a mail: when it is tried.
        facts += {MailPage::tr("Next try"), Times::together(Times::exact(*mail.dueAt), MailTexts::turn(mail, now))};
    if (!mail.endedAt || mail.mayRetry)
        //: Name of a fact about a mail: from then on its link is over, and it is not sent any more.
        facts += {MailPage::tr("Worth sending until"), Times::together(Times::exact(mail.useBy), Times::until(mail.useBy, now))};
    //: Name of a fact about a mail.
    facts += {MailPage::tr("Written"), Times::withAge(mail.createdAt, now)};
    if (!mail.language.isEmpty())
        //: Name of a fact about a mail.
        facts += {MailPage::tr("Language"), MailTexts::language(mail.language)};
    //: Name of a fact about a mail: it is also the beginning of its Message-ID.
    facts += {.name = MailPage::tr("Mail id"), .value = mail.id.toString(), .isFixedWidth = true};
    return facts;
}

} // namespace

ListPage::Texts MailPage::texts()
{
    return {//: Title of a page, and of its table.
            .title = tr("Mail"),
            //: What the page of mails shows.
            .subtitle = tr("What the server writes to people, and whether it went out. Kept for a week."),
            //: Name of the panel beside the mails, for screen readers.
            .details = tr("Mail details"),
            //: In the panel beside the mails, while nothing is selected.
            .hint = tr("Select a mail to see what the mail server said, and when it is tried next."),
            //: Placeholder of the filter of mails.
            .filter = tr("Filter by address"),
            //: Below the table, while the list is being looked for.
            .searching = tr("Searching… Esc shows every mail again."),
            //: Title in place of a list where nothing matches the filter.
            .noMatch = tr("No mail matches"),
            //: Button: lists all mails again.
            .clearFilter = tr("Clear the filter"),
            //: Said instead of sorting a very long list; %1 is 10,000.
            .tooLongToSort = tr("A list of more than %1 rows stays in its order, newest first. Filter it, then sort."),
            //: Title of a dialog that asks for a file.
            .exportTitle = tr("Export mails"),
            .count = &MailTexts::mails};
}

MailPage::MailPage(const PageContext &context, QWidget *parent)
    : ListPage(context, u"mail"_s, texts(), parent), m_model(new MailsModel(context, this)), m_line(new MailTransportLine(this)),
      m_state(new QComboBox(this)),
      //: Button: has the selected mails tried at once.
      m_retry(new QPushButton(icon(u"refresh"_s), tr("&Retry"), this)),
      //: Button: the selected mails are never sent. The dots say that a question follows.
      m_drop(new QPushButton(icon(u"ban"_s), tr("&Drop…"), this))
{
    build();
    m_state->view()->setAccessibleName(m_state->accessibleName());
    connect(m_state, &QComboBox::currentIndexChanged, this, &MailPage::applyFilter);
    connect(m_retry, &QPushButton::clicked, this, &MailPage::retry);
    connect(m_drop, &QPushButton::clicked, this, &MailPage::drop);
    start(m_model);
    ButtonAction::of(*m_drop)->setKeyIn(table(), QKeySequence::Delete);
    openByDetails();
}

void MailPage::build()
{
    //: Button: shows how a mail looks. The dots say that a dialog follows.
    auto *look = new QPushButton(icon(u"eye"_s), tr("&Preview…"), this);
    //: Button: sends a mail that shows whether mails arrive. The dots say that a dialog follows.
    auto *test = new QPushButton(icon(u"mail"_s), tr("Send a &test mail…"), this);
    connect(look, &QPushButton::clicked, this, &MailPage::preview);
    connect(test, &QPushButton::clicked, this, &MailPage::sendTest);
    ButtonAction::of(*test)->setKey(QKeySequence::New);
    addControl(look);
    addControl(test);
    body()->insertWidget(0, m_line);
    //: Name of a choice, for screen readers: in which state the mails of the list are.
    m_state->setAccessibleName(tr("State of the mails"));
    //: Choice above a list: mails in any state.
    m_state->addItem(tr("All mails"));
    //: Choice above a list: mails that are not sent yet.
    m_state->addItem(tr("Waiting"), int(MailState::Queued));
    //: Choice above a list: mails that a mail server took.
    m_state->addItem(tr("Sent"), int(MailState::Sent));
    //: Choice above a list: mails that were refused, and are not tried again.
    m_state->addItem(tr("Failed"), int(MailState::Failed));
    //: Choice above a list: mails that are never sent.
    m_state->addItem(tr("Dropped"), int(MailState::Dropped));
    m_state->setCurrentIndex(qMax(0, m_state->findData(context().memory.value(u"mail/state"_s, -1).toInt())));
    addTool(m_state, Place::BesideFilter);
    //: Tool tip of the button that has mails tried at once.
    m_retry->setToolTip(tr("Try the selected mails now, whenever their turn is; those that failed, too"));
    //: Tool tip of the button that drops mails.
    m_drop->setToolTip(tr("Never send the selected mails (Delete)"));
    addTool(m_retry);
    addTool(m_drop);
}

std::optional<MailState> MailPage::stateShown() const
{
    const QVariant state = m_state->currentData();
    return state.isValid() ? std::optional(MailState(state.toInt())) : std::nullopt;
}

void MailPage::setQuestion() { m_model->setFilter(filter(), stateShown()); }

void MailPage::filterBy(const PageFilter &wanted)
{
    const QSignalBlocker quiet(m_state);
    m_state->setCurrentIndex(0);
    ListPage::filterBy(wanted);
}

void MailPage::remember()
{
    ListPage::remember();
    if (!isFilteredByJump())
        context().memory.setValue(u"mail/state"_s, m_state->currentData().isValid() ? m_state->currentData().toInt() : -1);
}

void MailPage::refresh()
{
    ListPage::refresh();
    readMail();
}

void MailPage::readMail()
{
    giveOnce(ReadMail {}, [this](const MailOverview &mail) {
        m_mail = mail;
        showLine();
        showCount(); // an empty list says how to try it
    });
}

/// The mail server's trouble is a problem of the server's health, which the frame reads once a second.
void MailPage::present(const OverviewView &overview, bool answers)
{
    ListPage::present(overview, answers);
    const auto found = std::ranges::find(overview.server.problems, "mail_not_sent"_L1, &ProblemView::code);
    m_trouble = found == overview.server.problems.end() ? std::nullopt : std::optional(*found);
    showLine();
}

void MailPage::showLine()
{
    if (m_mail)
        m_line->present(*m_mail, m_trouble, now());
}

void MailPage::everySecond()
{
    ListPage::everySecond();
    ++m_seconds;
    const int pause = m_model->rowCount() > longList ? betweenLongReadings : betweenReadings;
    if (m_seconds % pause == 0 && !m_model->isLoading() && !isStale())
        refresh();
}

QString MailPage::countInWords(qint64 total) const
{
    QStringList parts {ListPage::countInWords(total)};
    const bool areAll = m_mail && filter().isEmpty() && !stateShown();
    if (const qint64 waiting = areAll ? m_mail->queued + m_mail->sending : 0; waiting > 0)
        //: Below the table: how many mails are not sent yet.
        parts += tr("%Ln waiting", nullptr, int(waiting));
    if (areAll && m_mail->failed > 0)
        //: Below the table: how many mails were refused.
        parts += tr("%Ln failed", nullptr, int(m_mail->failed));
    if (m_model->hasMore())
        //: Below the table: how many of the rows were read.
        parts += tr("the newest %Ln were read, scroll for more", nullptr, m_model->rowCount());
    if (const auto selected = table().selectedCount(); selected > 1)
        //: Below the table: how many rows are selected.
        parts += tr("%Ln selected", nullptr, int(selected));
    return UiTexts::inOneLine(parts);
}

void MailPage::presentEmpty(EmptyState &empty)
{
    if (stateShown())
        //: There are mails, but none in the state that was chosen: title.
        empty.present(tr("No mail of that state"),
                      /*: There are mails, but none in the state that was chosen. */ tr("There may be mails in other states."), {},
                      /*: Button: lists the mails of all states. */ tr("Show all mails"));
    else if (m_mail && m_mail->transport == "off"_L1)
        //: Mails are turned off: title.
        empty.present(tr("The server writes to nobody"),
                      //: Mails are turned off: how to try them. The lines with "mail.transport" are settings.
                      tr("With %1 in warder.conf mails are files in a folder, to be looked at; with %2 they go out.")
                          .arg("mail.transport = file"_L1, "mail.transport = smtp"_L1));
    else
        //: There are no mails yet: title.
        empty.present(
            tr("No mail yet"),
            //: There are no mails yet: how to try it; a command line follows.
            tr("What the server writes to people stands here for a week. To try it, ask for a new password in your app, or in a terminal:"),
            UiTexts::curlForgotPassword(serverUrl()));
}

QList<MailView> MailPage::selectedThat(bool MailView::*permits) const
{
    QList<MailView> mails;
    for (const int row : selectedRows()) {
        if (const MailView &mail = m_model->rows()[row]; mail.*permits)
            mails += mail;
    }
    return mails;
}

void MailPage::showSelection(DetailsPanel &details)
{
    m_retry->setEnabled(!selectedThat(&MailView::mayRetry).isEmpty());
    m_drop->setEnabled(!selectedThat(&MailView::mayDrop).isEmpty());
    const MailView *mail = m_model->rowAt(selectedRow());
    if (!mail)
        return details.presentNothing();
    const Tone tone = MailTexts::tone(*mail);
    details.present(mail->recipient, factsOf(*mail, now()), tone == Tone::Info || tone == Tone::Good ? Tone::Neutral : tone,
                    MailTexts::explained(*mail));
}

template <typename Order>
void MailPage::give(const QList<MailView> &mails, MailState left, Said said)
{
    if (stateShown().value_or(left) != left)
        table().selectNextOnceGone();
    giveNext<Order>(inPieces(idsOf(mails), mostAtOnce), 0, mails.size(), said);
}

template <typename Order>
void MailPage::giveNext(QList<QList<Id>> pieces, int moved, qsizetype all, Said said)
{
    const QList<Id> mails = pieces.takeFirst();
    const auto onMoved = [=, this](int number) {
        if (pieces.isEmpty())
            report(moved + number, all, said);
        else
            giveNext<Order>(pieces, moved + number, all, said);
    };
    ask(context().console.ask(Order {.mails = mails}), this, onMoved, [this, moved, said](const Error &error) {
        showError(error, moved > 0 ? said(moved) : QString());
        if (moved > 0)
            refresh();
    });
}

void MailPage::report(int moved, qsizetype all, Said said)
{
    QStringList sentences;
    if (moved > 0)
        sentences += said(moved);
    if (moved < all)
        sentences += MailTexts::passedOver(int(all) - moved);
    Q_EMIT done(sentences.join(u' '));
    refresh();
}

void MailPage::retry()
{
    if (const QList<MailView> mails = selectedThat(&MailView::mayRetry); !mails.isEmpty())
        give<RetryMails>(mails, MailState::Queued, &MailTexts::tried);
}

void MailPage::drop()
{
    if (const QList<MailView> mails = selectedThat(&MailView::mayDrop); !mails.isEmpty())
        confirm(this, MailTexts::beforeDrop(mails), [this, mails] { give<DropMails>(mails, MailState::Dropped, &MailTexts::dropped); });
}

void MailPage::sendTest()
{
    auto *dialog = new MailTestDialog(context(), this);
    connect(dialog, &QDialog::finished, this, &MailPage::refresh);
    dialog->open();
}

void MailPage::preview()
{
    giveOrder(ReadMail {}, [this](const MailOverview &mail) {
        m_mail = mail;
        const MailView *selected = m_model->rowAt(selectedRow());
        const bool isOfSelected = selected && !selected->isRequest;
        auto *dialog = new MailPreviewDialog(context(), mail, this);
        dialog->look(isOfSelected ? selected->kind : QString(), isOfSelected ? selected->language : QString());
        dialog->open();
    });
}

} // namespace warder
