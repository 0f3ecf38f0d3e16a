#include "ui/keys/MasterKeyLine.h"

#include "ui/support/UiTexts.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/Labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

const QString exportCommand = u"warderd master-key export"_s;

} // namespace

MasterKeyLine::MasterKeyLine(QWidget *parent)
    : QWidget(parent), m_where(textLabel({}, this)), m_move(new QPushButton(this)),
      //: Button: puts a new master key in the place of the one there is. The dots say that a question follows.
      m_rotate(new QPushButton(tr("E&xchange…"), this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_where, 1);
    row->addWidget(m_move);
    row->addWidget(m_rotate);
    connect(m_move, &QPushButton::clicked, this, &MasterKeyLine::moveWanted);
    connect(m_rotate, &QPushButton::clicked, this, &MasterKeyLine::rotationWanted);
    hide(); // until it is known
}

QString MasterKeyLine::inWords(MasterKeySource source)
{
    switch (source) {
    //: Where the master key is.
    case MasterKeySource::Credential: return tr("The master key, which all others are sealed with, is a credential of systemd.");
    //: Where the master key is.
    case MasterKeySource::Keychain: return tr("The master key, which all others are sealed with, is in the keychain.");
    //: Where the master key is.
    case MasterKeySource::File: return tr("The master key, which all others are sealed with, is in a file beside the database.");
    //: Where the master key is.
    case MasterKeySource::Environment: return tr("The master key, which all others are sealed with, is in an environment variable.");
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
    QStringList said {inWords(key.source)};
    if (!key.alsoAt.isEmpty())
        //: After a sentence about where the master key is.
        said += tr("There is another copy, which is not used.");
    m_where->setText(said.join(u' '));
    //: Button: moves the master key. The dots say that a question follows.
    m_move->setText(otherPlace() == MasterKeySource::Keychain ? tr("Mo&ve to the keychain…")
                                                              //: Button: moves the master key. The dots say that a question follows.
                                                              : tr("Mo&ve to a file…"));
    m_move->setVisible(otherPlace().has_value());
    m_rotate->setEnabled(key.whyReadOnly.isEmpty());
    //: Tool tip of a button that cannot be used: the key is where the program may not write.
    m_rotate->setToolTip(key.whyReadOnly.isEmpty() ? QString() : tr("Warder only reads the key there."));
    show();
}

Confirmation MasterKeyLine::beforeMove(MasterKeySource to)
{
    const bool isChain = to == MasterKeySource::Keychain;
    return {//: Question.
            .question = isChain ? tr("Move the master key to the keychain?") : /*: Question. */ tr("Move the master key to a file?"),
            .effect = isChain
                          //: What follows when the master key is moved.
                          ? tr("It is written there, read back and compared before it leaves the file. From then on the server starts only "
                               "where that keychain is open, and whoever loses the keychain loses the key: have an export of it in a safe "
                               "(%1).")
                                .arg(exportCommand)
                          //: What follows when the master key is moved.
                          : tr("It is written there, read back and compared before it leaves the keychain. Whoever can read that file and "
                               "the database can sign tokens."),
            //: Button: moves the master key.
            .action = tr("Move")};
}

Confirmation MasterKeyLine::beforeRotation()
{
    return {//: Question.
            .question = tr("Exchange the master key?"),
            //: What follows when the master key is exchanged; %1 is a command.
            .effect =
                tr("Everything is sealed anew under a new key, and nobody has to sign in again. Copies of the database from before need "
                   "the key of before: have an export of that one in a safe (%1).")
                    .arg(exportCommand),
            //: Button: exchanges the master key.
            .action = tr("Exchange")};
}

//: Said after the master key was moved.
QString MasterKeyLine::moved(const MasterKeyView &key) { return tr("Moved.") + u' ' + inWords(key.source); }

QString MasterKeyLine::rotated(const MasterKeyView &key)
{
    //: Said after the master key was exchanged: its number, the digits by which it is told from others, a command.
    return tr("The master key is exchanged: version %1, check code %2. Copies of the database from now on need this one; %3 gives it for the "
              "safe.")
        .arg(UiTexts::count(key.version), key.checkCode, exportCommand);
}

} // namespace warder
