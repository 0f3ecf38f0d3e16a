#include "tests/app/FakeSsh.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

const QByteArray script = R"sh(#!/bin/sh
here=${0%/*}
printf '%s\n' "$*" >> "$here/calls"
control= forward= order= master=
while [ $# -gt 0 ]; do
    case $1 in
    -S) control=$2; shift ;;
    -L) forward=$2; shift ;;
    -O) order=$2; shift ;;
    -F | -o | -l | -p) shift ;;
    -M) master=yes ;;
    --) shift 2; break ;;
    esac
    shift
done
link() { ln -s "${forward#*:}" "${forward%%:*}" && printf '%s\n' "${forward%%:*}" >> "$control.links"; }
leave() {
    [ -e "$control.links" ] && while read -r each; do rm -f "$each"; done < "$control.links"
    rm -f "$control" "$control.links"
    exit 255
}
if [ -n "$order" ]; then
    link
    exit
fi
if [ -z "$master" ]; then
    trap '' TERM
    printf '%s\n' $$ > "$here/pid"
    while [ -e "$here/held" ]; do sleep 0.05; done
    cat "$here/out"
    cat "$here/said" >&2
    exit "$(cat "$here/code")"
fi
if [ -e "$here/fault" ]; then
    cat "$here/fault" >&2
    exit 255
fi
trap leave TERM INT HUP
: > "$control"
while [ ! -e "$here/cut" ]; do sleep 0.05; done
cat "$here/cut" >&2
leave
)sh"_ba;

} // namespace

FakeSsh::FakeSsh() : m_path(qgetenv("PATH"))
{
    write(u"ssh"_s, script);
    QFile::setPermissions(m_folder.filePath(u"ssh"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    answer({});
    qputenv("PATH", QFile::encodeName(m_folder.path()) + ':' + m_path);
}

FakeSsh::~FakeSsh() { qputenv("PATH", m_path); }

void FakeSsh::write(const QString &name, const QByteArray &content) const
{
    QFile file(m_folder.filePath(name + u".new"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    QFile::remove(m_folder.filePath(name));
    QVERIFY(file.rename(m_folder.filePath(name))); // whole, or not there
}

void FakeSsh::answer(const QByteArray &out, const QByteArray &said, int code) const
{
    write(u"out"_s, out);
    write(u"said"_s, said);
    write(u"code"_s, QByteArray::number(code));
}

void FakeSsh::failWith(const QByteArray &said) const { write(u"fault"_s, said); }

void FakeSsh::hold() const { write(u"held"_s, {}); }

void FakeSsh::cut(const QByteArray &said) const { write(u"cut"_s, said); }

void FakeSsh::recover() const
{
    QFile::remove(m_folder.filePath(u"fault"_s));
    QFile::remove(m_folder.filePath(u"cut"_s));
    QFile::remove(m_folder.filePath(u"held"_s));
}

QString FakeSsh::asking() const
{
    QFile file(m_folder.filePath(u"pid"_s));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readLine().trimmed()) : QString();
}

QStringList FakeSsh::calls() const
{
    QFile file(m_folder.filePath(u"calls"_s));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts) : QStringList();
}

} // namespace warder::test
