#!/usr/bin/env bash
# Makes krait.png, the picture of the README: two windows of samples/Chat, and the mistake of mistake.json with its fix.
# PictureTests writes mistake.json from the real message and the real fix.
# Needs Node.js, Chromium and two fonts; on Debian: apt-get install nodejs npm chromium fonts-inter fonts-jetbrains-mono

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
repository=$(cd ../.. && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet build --nologo -v quiet "$repository/samples/Chat"
cp "$repository"/.ci/pages/{package.json,browser.mjs,server.mjs} picture.mjs editor.mjs picture.html mistake.json "$work"
cd "$work"
npm install --no-audit --no-fund --no-package-lock --silent
node picture.mjs "$repository/docs/pictures/krait.png" \
    dotnet "$repository/artifacts/bin/Chat/debug/Chat.dll" --contentRoot "$repository/samples/Chat"
