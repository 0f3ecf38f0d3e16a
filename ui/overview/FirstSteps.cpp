#include "ui/overview/FirstSteps.h"

#include "ui/mail/MailTestDialog.h"
#include "ui/overview/first/AccountStep.h"
#include "ui/overview/first/ConnectStep.h"
#include "ui/overview/first/SettingsStep.h"
#include "ui/support/Ask.h"
#include "ui/support/FollowPalette.h"
#include "ui/support/Icons.h"
#include "ui/support/LayoutKeeper.h"
#include "ui/support/Space.h"
#include "ui/widgets/InlineMessage.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

const QString rememberedStep = u"overview/firstStep"_s;

} // namespace

FirstSteps::FirstSteps(const PageContext &context, QWidget *parent)
    //: Title of what a new server shows: how to begin.
    : Panel(tr("First steps"), parent), m_context(context)
{
    build();
    add(m_account = new AccountStep(context, this));
    connect(m_account, &AccountStep::said, this, &FirstSteps::said);
    addSettings(makeReachStep());
    addSettings(new SettingsStep(
        context,
        //: Title of one of the first steps: the address of the app that people use.
        tr("Where your app is"),
        //: What is asked in one of the first steps.
        tr("The addresses of your pages as browsers show them, with commas between. Links in mails lead to the first of them."),
        {{.answer = FirstAnswer::AppAddress, .words = {}, .remark = {}}}, this));
    addSettings(makeMailStep());
    add(m_connect = new ConnectStep(context, this));
    connect(m_list, &QListWidget::currentRowChanged, this, &FirstSteps::showStep);
    m_list->setCurrentRow(qBound(0, context.memory.value(rememberedStep).toInt(), int(m_steps.size()) - 1));
}

void FirstSteps::build()
{
    //: Button: puts the first steps away.
    auto *done = new QPushButton(tr("&Done"), this);
    //: Tool tip of the button that puts the first steps away.
    done->setToolTip(tr("Show the chart of requests here; Help → First steps brings this back"));
    addToTitle(done);
    connect(done, &QPushButton::clicked, this, &FirstSteps::done);
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::large);
    row->addWidget(makeSteps());
    auto *right = new QVBoxLayout;
    right->setSpacing(Space::small);
    right->addWidget(makeQuestion(), 1);
    m_notice = new InlineMessage(this);
    right->addWidget(m_notice);
    makeButtons(*right);
    row->addLayout(right, 1);
    body()->addLayout(row, 1);
}

QWidget *FirstSteps::makeSteps()
{
    m_list = new QListWidget(this);
    //: Name of a list, for screen readers: the steps by which a new server is set up.
    m_list->setAccessibleName(tr("Steps"));
    m_list->setFrameShape(QFrame::NoFrame);
    keepReadable(m_list);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return m_list;
}

QWidget *FirstSteps::makeQuestion()
{
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus); // what it holds has it
    auto *content = new QWidget(scroll);
    m_question = new QVBoxLayout(content);
    m_question->setContentsMargins(0, 0, 0, 0);
    m_question->addStretch();
    scroll->setWidget(content);
    new LayoutKeeper(scroll);
    content->setAutoFillBackground(false); // the panel's surface is below it
    scroll->viewport()->setAutoFillBackground(false);
    return scroll;
}

void FirstSteps::makeButtons(QVBoxLayout &below)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::small);
    m_next = new QPushButton(this);
    //: Button of the first steps: goes on without the order of this one.
    m_skip = new QPushButton(tr("S&kip"), this);
    row->addWidget(m_next);
    row->addWidget(m_skip);
    row->addStretch();
    below.addLayout(row);
    connect(m_next, &QPushButton::clicked, this, &FirstSteps::goOn);
    connect(m_skip, &QPushButton::clicked, this, &FirstSteps::goToNext);
}

SettingsStep *FirstSteps::makeReachStep()
{
    return new SettingsStep(
        m_context,
        //: Title of one of the first steps: who reaches the server, and how.
        tr("Who will use it"),
        //: What is asked in one of the first steps.
        tr("Passwords go to this server, so everybody but this computer reaches it by TLS."),
        {{.answer = FirstAnswer::ThisComputer,
          //: One of the answers to who will use a server.
          .words = tr("This computer"),
          //: What that answer is for.
          .remark = tr("For development and for a first look: other machines cannot reach it.")},
         {.answer = FirstAnswer::BehindProxy,
          //: One of the answers to who will use a server: everybody, by way of a proxy.
          .words = tr("Others, by a proxy"),
          //: What that answer is for.
          .remark = tr("A proxy speaks TLS with browsers and passes their requests on. The issuer is the public address that it gives this "
                       "server.")},
         {.answer = FirstAnswer::OwnTls,
          //: One of the answers to who will use a server: everybody, with nothing in between.
          .words = tr("Others, directly"),
          //: What that answer is for.
          .remark = tr("The server speaks TLS itself, with a certificate that this machine has.")}},
        this);
}

SettingsStep *FirstSteps::makeMailStep()
{
    auto *step = new SettingsStep(
        m_context,
        //: Title of one of the first steps: by which way mails go out.
        tr("Mails"),
        //: What is asked in one of the first steps.
        tr("By mail people set a forgotten password, confirm their address and are invited."),
        {{.answer = FirstAnswer::MailLater,
          //: One of the answers to how mails go out: not now.
          .words = tr("Not yet"),
          //: What that answer is for.
          .remark = tr("Mails reach nobody: they stay on this machine, where you can read them.")},
         {.answer = FirstAnswer::MailServer,
          //: One of the answers to how mails go out.
          .words = tr("By a mail server"),
          //: What that answer is for.
          .remark = tr("Without a user it takes mails from this machine without a log-in. Port and encryption are among the settings.")}},
        this);
    //: Button: opens a dialog that sends a mail to try.
    auto *test = new QPushButton(icon(u"mail"_s), tr("Send a &test mail…"), step);
    step->add(test);
    connect(test, &QPushButton::clicked, this, [this] {
        auto *dialog = new MailTestDialog(m_context, this);
        dialog->open();
    });
    return step;
}

void FirstSteps::addSettings(SettingsStep *step)
{
    connect(step, &SettingsStep::stored, this, &FirstSteps::stored);
    connect(step, &SettingsStep::stored, this, &FirstSteps::readSettings);
    add(step);
}

void FirstSteps::add(SetupStep *step)
{
    constexpr int widest = 200;
    step->hide();
    m_question->insertWidget(int(m_steps.size()), step);
    m_steps += step;
    m_list->addItem(step->title());
    m_list->setFixedWidth(qMin(widest, m_list->sizeHintForColumn(0) + 48));
    connect(step, &SetupStep::changed, this, &FirstSteps::showState);
    connect(step, &SetupStep::taken, this, [this, step] {
        if (&current() == step) // else somebody went on meanwhile
            goToNext();
    });
    connect(step, &SetupStep::refused, this, [this](const QString &why) {
        m_notice->hide();
        if (!why.isEmpty())
            m_notice->showMessage(why);
    });
}

SetupStep &FirstSteps::current() const { return *m_steps[qMax(0, m_list->currentRow())]; }

bool FirstSteps::isLast() const { return m_list->currentRow() == m_steps.size() - 1; }

void FirstSteps::showStep(int place)
{
    for (qsizetype each = 0; each < m_steps.size(); ++each)
        m_steps[each]->setVisible(each == place);
    m_notice->hide();
    m_context.memory.setValue(rememberedStep, place);
    showState();
}

/// Steps tell of changes while the window is built, too.
void FirstSteps::showState()
{
    if (m_list->count() < m_steps.size() || m_list->currentRow() < 0)
        return;
    for (qsizetype each = 0; each < m_steps.size(); ++each) {
        QListWidgetItem *item = m_list->item(int(each));
        const bool isDone = m_steps[each]->isDone();
        item->setIcon(icon(isDone ? u"done"_s : u"open"_s));
        //: One of the first steps (%1), for screen readers.
        const QString withState = tr("%1, done").arg(m_steps[each]->title());
        item->setData(Qt::AccessibleTextRole, isDone ? withState : m_steps[each]->title());
    }
    const QString action = current().action();
    //: Button of the first steps: shows the next one.
    m_next->setText(action.isEmpty() ? tr("&Next") : action);
    m_next->setVisible(!action.isEmpty() || !isLast());
    m_skip->setVisible(!action.isEmpty());
}

void FirstSteps::goOn()
{
    if (current().isSending())
        return;
    if (!current().action().isEmpty())
        current().send();
    else if (isLast())
        Q_EMIT done();
    else
        goToNext();
}

void FirstSteps::goToNext()
{
    const bool hadKeyboard = isAncestorOf(window()->focusWidget());
    if (!isLast())
        m_list->setCurrentRow(m_list->currentRow() + 1);
    if (hadKeyboard)
        takeKeyboard();
}

void FirstSteps::takeKeyboard()
{
    QWidget *first = current().firstControl();
    (first ? first : m_list)->setFocus(Qt::OtherFocusReason);
}

/// Fields and chips leave Enter to whoever holds them; a button that is no choice is pressed by it.
void FirstSteps::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter)
        return Panel::keyPressEvent(event);
    auto *button = qobject_cast<QAbstractButton *>(window()->focusWidget());
    if (button && !button->isCheckable())
        button->click();
    else
        goOn();
}

void FirstSteps::goToConnect() { m_list->setCurrentRow(int(m_steps.indexOf(m_connect))); }

void FirstSteps::presentServer(const QString &url) { m_connect->presentServer(url); }

void FirstSteps::presentUsers(qint64 users) { m_account->presentUsers(users); }

/// That settings were read again, wherever, is told as a change of the server. Out of view they are read when that ends.
void FirstSteps::apply(const QList<Change> &changes)
{
    const auto isOfServer = [](const Change &change) { return std::holds_alternative<ServerChanged>(change); };
    if (isVisible() && std::ranges::any_of(changes, isOfServer))
        readSettings();
}

void FirstSteps::showEvent(QShowEvent *event)
{
    Panel::showEvent(event);
    readSettings();
}

void FirstSteps::readSettings()
{
    const auto apply = [this](const QList<SettingView> &settings) {
        for (SetupStep *step : std::as_const(m_steps))
            step->presentSettings(settings);
    };
    // Without an answer the questions about settings have no fields; why there is none is shown elsewhere.
    ask(m_context.console.ask(ListSettings {}), this, apply, [](const Error &) {});
}

} // namespace warder
