#include "ui/keys/MasterKeyLine.h"

#include "ui/support/Space.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/Labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

const QString exportCommand = u"warderd master-key export"_s;

/// No taller than the text beside it.
QToolButton *flatButton(const QString &text, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setText(text);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

MasterKeyLine::MasterKeyLine(QWidget *parent)
    : QWidget(parent), m_where(textLabel({}, this)), m_move(flatButton({}, this)),
      //: Button: puts a new master key in the place of the one there is. The dots say that a question follows.
      m_rotate(flatButton(tr("Rot&ate…"), this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::small);
    row->addWidget(m_where, 1);
    row->addWidget(m_move);
    row->addWidget(m_rotate);
    connect(m_move, &QToolButton::clicked, this, &MasterKeyLine::moveWanted);
    connect(m_rotate, &QToolButton::clicked, this, &MasterKeyLine::rotationWanted);
    m_where->setWordWrap(false);
    present({}); // names the buttons
    hide();      // until it is known
}

QString MasterKeyLine::inWords(MasterKeySource source)
{
    switch (source) {
    //: Where the master key is.
    case MasterKeySource::Credential: return tr("Master key: a credential of systemd");
    //: Where the master key is.
    case MasterKeySource::Keychain: return tr("Master key: in the keychain");
    //: Where the master key is.
    case MasterKeySource::File: return tr("Master key: in a file beside the database");
    //: Where the master key is.
    case MasterKeySource::Environment: return tr("Master key: in an environment variable");
    }
    Q_UNREACHABLE_RETURN({});
}

std::optional<MasterKeySource> MasterKeyLine::otherPlace() const
{
    if (m_key.source == MasterKeySource::File)
        return MasterKeySource::Keychain;
    return m_key.source == MasterKeySource::Keychain ? std::optional(MasterKeySource::File) : std::nullopt;
}

void MasterKeyLine::present(const MasterKeyView &key)
{
    m_key = key;
    //: Where the master key is, in %1, if another copy of it lies elsewhere.
    m_where->setText(key.alsoAt.isEmpty() ? inWords(key.source) : tr("%1; another copy is not used").arg(inWords(key.source)));
    //: Tool tip of the words that say where the master key is.
    m_where->setToolTip(tr("All other keys are sealed with the master key. A backup of the database is worth nothing without it."));
    //: Button: moves the master key. The dots say that a question follows.
    m_move->setText(otherPlace() == MasterKeySource::Keychain ? tr("Move to the ke&ychain…")
                                                              : /*: Button: as above. */ tr("Move to a &file…"));
    m_move->setVisible(otherPlace().has_value());
    m_rotate->setEnabled(key.whyReadOnly.isEmpty());
    //: Tool tip of a button that cannot be used: the key is where the program may not write.
    m_rotate->setToolTip(key.whyReadOnly.isEmpty() ? QString() : tr("Warder only reads the key there."));
    show();
}

QString MasterKeyLine::exportOn(const QString &machine)
{
    if (machine.isEmpty())
        return exportCommand;
    //: Stands for a command in a sentence; %1 is the command, %2 the machine on which it is to be given.
    return tr("%1 on %2").arg(exportCommand, UiTexts::foreign(machine));
}

Confirmation MasterKeyLine::beforeMove(MasterKeySource to, const QString &machine)
{
    const bool isChain = to == MasterKeySource::Keychain;
    return {//: Question.
            .question = isChain ? tr("Move the master key to the keychain?") : /*: Question. */ tr("Move the master key to a file?"),
            .effect = isChain
                          //: What follows when the master key is moved.
                          ? tr("It is written there, read back and compared before it leaves the file. From then on the server starts only "
                               "where that keychain is open, and whoever loses the keychain loses the key: have an export of it in a safe "
                               "(%1).")
                                .arg(exportOn(machine))
                          //: What follows when the master key is moved.
                          : tr("It is written there, read back and compared before it leaves the keychain. Whoever can read that file and "
                               "the database can sign tokens."),
            //: Button: moves the master key.
            .action = tr("Move")};
}

Confirmation MasterKeyLine::beforeRotation(const QString &machine)
{
    return {//: Question.
            .question = tr("Rotate the master key?"),
            //: What follows when the master key is rotated; %1 is a command.
            .effect =
                tr("Everything is sealed anew under a new key, and nobody has to sign in again. Copies of the database from before need "
                   "the key of before: have an export of that one in a safe (%1).")
                    .arg(exportOn(machine)),
            //: Button: rotates the master key.
            .action = tr("Rotate")};
}

//: Said after the master key was moved; %1 says where it is.
QString MasterKeyLine::moved(const MasterKeyView &key) { return tr("Moved. %1").arg(inWords(key.source)); }

QString MasterKeyLine::rotated(const MasterKeyView &key, const QString &machine)
{
    //: Said after the master key was rotated: its number, the digits by which it is told from others, a command.
    return tr("The master key is rotated: version %1, check code %2. Copies of the database from now on need this one; %3 gives it for the "
              "safe.")
        .arg(UiTexts::count(key.version), key.checkCode, exportOn(machine));
}

} // namespace warder
