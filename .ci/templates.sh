# Sourced by .ci/run. The templates from their package: every combination is created, built, tested and talked to.

# A folder of its own for the installed templates, so that those of this machine stay as they are.
new() {
    dotnet new "$@" --debug:custom-hive "$work/templates-hive" >"$work/new.log" || { cat "$work/new.log"; return 1; }
}

try_templates() {
    local name options
    mkdir "$work/templates"
    cd "$work/templates"
    # Krait comes from the packages just built and the cache of `consume`; compilers and test packages come from the common cache.
    cat >nuget.config <<END
<configuration>
  <config><add key="globalPackagesFolder" value="../package-cache" /></config>
  <fallbackPackageFolders><add key="common" value="$HOME/.nuget/packages" /></fallbackPackageFolders>
  <packageSources><add key="built" value="../packages" /></packageSources>
</configuration>
END
    new install "$work/packages/Krait.Templates.$version.nupkg"
    for name in plain page aot tests page-aot page-tests aot-tests page-aot-tests; do
        options=--${name//-/ --}
        new krait -n "$name" ${options/--plain/} --no-restore
    done
    { echo '<Solution>'; find . -name '*.csproj' -printf '<Project Path="%P" />\n'; echo '</Solution>'; } >all.slnx
    dotnet restore all.slnx # first, because a controller learns the namespace of its project from what the restore writes
    (cd plain && new krait-controller -n PriceController)
    (cd page && new krait-controller -n FeedController --namespace Shop.Feeds)
    grep -x 'namespace plain;' plain/PriceController.cs
    grep -x 'namespace Shop.Feeds;' page/FeedController.cs
    dotnet build all.slnx --no-restore -warnaserror
    dotnet test all.slnx --no-build -m:1 | tee test.log # one at a time: each has a deadline
    (($(grep -c '^Passed!  - Failed: *0, Passed: *1, Skipped: *0' test.log) == 4))
    for name in plain page aot page-aot; do
        talk "$name" "$name"
    done
    for name in tests page-tests aot-tests page-aot-tests; do
        talk "$name" "$name/$name" # the server is in a folder of its own
    done
    publish_template
}

# talk NAME FOLDER: starts the server that was built there.
talk() {
    serve "template-$1" env -C "$2" dotnet "bin/Debug/net10.0/$1.dll" --urls http://127.0.0.1:0
    chat_with "$1"
    if [[ $1 == plain ]]; then
        client exchange "$url/price" '{"text":"a"}' '{"text":"You said a."}'
    elif [[ $1 == page ]]; then
        client exchange "$url/feed" '{"text":"a"}' '{"text":"You said a."}'
    fi
}

# The first answer to the client is the welcome, then comes the one to its first message.
chat_with() {
    local home='Connect a WebSocket client'
    [[ $1 != *page* ]] || home='<title>Chat</title>'
    curl -fsS "$url/" | grep "$home"
    client exchange "$url/chat/kitchen?name=Ada" \
        '{"text":"a"}' '{"name":"Krait","text":"Welcome, Ada."}' '{"text":"b"}' '{"name":"Ada","text":"a"}'
}

publish_template() {
    dotnet publish page-aot -o native -warnaserror -p:IlcTreatWarningsAsErrors=true
    [[ ! -e native/page-aot.dll ]]
    serve template-native env -C native ./page-aot --urls http://127.0.0.1:0
    chat_with page-aot
}
