// Checks the packages that .ci/run has packed: their nuspec, their links, and that no assembly names a folder of this machine.
//   dotnet run --file .ci/packages.cs -- FOLDER REPOSITORY VERSION FORBIDDEN...

using System.Buffers.Binary;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

var (folder, repository, version, forbidden) = (args[0], args[1], args[2], args[3..]);
foreach (var id in new[] { "Krait", "Krait.Redis", "Krait.Sockets", "Krait.Templates" })
{
    using var package = ZipFile.OpenRead(Path.Combine(folder, $"{id}.{version}.nupkg"));
    var nuspec = XDocument.Parse(Encoding.UTF8.GetString(Read(package, $"{id}.nuspec")).TrimStart('\uFEFF')).Root!.Elements().First();
    var (address, commit) = CheckNuspec(id, nuspec);
    CheckIcon(Read(package, Element(nuspec, "icon")));
    CheckReadme(id, Encoding.UTF8.GetString(Read(package, Element(nuspec, "readme"))), address);
    var assemblies = package.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal)).ToList();
    foreach (var assembly in assemblies)
        CheckAssembly(assembly.FullName, Read(package, assembly.FullName), commit);

    if (id == "Krait")
        Expect(Contains(Read(package, "analyzers/dotnet/cs/Krait.Generators.dll"), $"{address}/blob/main/docs/diagnostics/"), "help links begin with the address");

    Console.WriteLine($"{id} {version}: {assemblies.Count} assemblies, {address} at {commit[..7]}");
}

(string Address, string Commit) CheckNuspec(string id, XElement nuspec)
{
    var address = Element(nuspec, "projectUrl");
    var source = nuspec.Elements().Single(element => element.Name.LocalName == "repository");
    var commit = (string?)source.Attribute("commit") ?? "";
    var notes = Element(nuspec, "releaseNotes");
    Expect(Element(nuspec, "version") == version, $"{id} has the version {version}");
    Expect((string?)source.Attribute("url") == address, $"{id} has one address");
    Expect(Regex.IsMatch(commit, "^[0-9a-f]{40}$"), $"{id} names its commit");
    Expect(notes.Length is > 10 and < 35_000 && !notes.Contains("\n## "), $"{id} has the notes of one release");
    foreach (var link in Links(notes))
        CheckLink(id, link, address);

    return (address, commit);
}

void CheckIcon(byte[] png) =>
    Expect(
        BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)) == 128 && BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)) == 128,
        "the icon is a PNG of 128 x 128");

void CheckReadme(string id, string readme, string address)
{
    const string Fences = "(?ms)^```.*?^```";
    var original = File.ReadAllText(Path.Combine(repository, id == "Krait" ? "" : id, "README.md"));
    Expect(Blocks(original).SequenceEqual(Blocks(readme)), $"{id} shows the code of the original readme");
    var text = Regex.Replace(readme, Fences, "");
    Expect(Links(text).Count == Links(Regex.Replace(original, Fences, "")).Count, $"{id} has the links of the original readme");
    Expect(!text.Contains("<!--"), $"{id} has a readme without comments");
    foreach (var link in Links(text))
        CheckLink(id, link, address);

    static IEnumerable<string> Blocks(string text) => Regex.Matches(text, Fences).Select(match => match.Value);
}

// A link to a file of the repository leads to a file that is there.
void CheckLink(string id, string link, string address)
{
    Expect(link.StartsWith("https://", StringComparison.Ordinal) || link.StartsWith('#'), $"{id}: {link} is absolute");
    var raw = address.Replace("https://github.com/", "https://raw.githubusercontent.com/", StringComparison.Ordinal) + "/main/";
    foreach (var start in new[] { address + "/blob/main/", raw })
    {
        if (link.StartsWith(start, StringComparison.Ordinal))
            Expect(Path.Exists(Path.Combine(repository, link[start.Length..].Split('#')[0])), $"{id}: {link} leads to a file");
    }
}

static List<string> Links(string text) =>
    [.. Regex.Matches(text, """\]\(([^)\s]+)|<(?:img|a) [^>]*?(?:src|href)="([^"]+)""").Select(match => match.Groups[1].Value + match.Groups[2].Value)];

void CheckAssembly(string name, byte[] bytes, string commit)
{
    foreach (var text in forbidden)
        Expect(!Contains(bytes, text), $"{name} does not contain {text}");

    using var assembly = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(bytes));
    var entry = assembly.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
    using var symbols = assembly.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
    var pdb = symbols.GetMetadataReader();
    CheckSourceLink(name, Information(pdb, EntityHandle.ModuleDefinition, new("CC110556-A091-4D38-9FEC-25AB9A351A6A")), commit);
    foreach (var handle in pdb.Documents)
        CheckDocument(name, pdb, handle);
}

// The sources of every line: in the repository, or in the symbols.
void CheckDocument(string name, MetadataReader pdb, DocumentHandle handle)
{
    var path = pdb.GetString(pdb.GetDocument(handle).Name);
    var embedded = Information(pdb, handle, new("0E8A571B-6926-466E-B4AD-8AB04611F5FE"));
    foreach (var text in forbidden)
        Expect(!path.Contains(text, StringComparison.Ordinal), $"{name} does not name {path}");

    if (embedded is null)
        Expect(path.StartsWith("/_/", StringComparison.Ordinal) && File.Exists(Path.Combine(repository, path[3..])), $"{name}: {path} is in the repository");
    else
        Expect(!forbidden.Any(Source(embedded).Contains), $"{name}: {path} does not name a folder of this machine");
}

// Four bytes with the length, if the rest is compressed.
static string Source(byte[] embedded)
{
    if (BinaryPrimitives.ReadInt32LittleEndian(embedded) == 0)
        return Encoding.UTF8.GetString(embedded, 4, embedded.Length - 4);

    using var reader = new StreamReader(new DeflateStream(new MemoryStream(embedded, 4, embedded.Length - 4), CompressionMode.Decompress));
    return reader.ReadToEnd();
}

void CheckSourceLink(string name, byte[]? link, string commit)
{
    Expect(link is not null, $"{name} has SourceLink");
    var url = JsonDocument.Parse(link).RootElement.GetProperty("documents").GetProperty("/_/*").GetString()!;
    Expect(url.StartsWith("https://", StringComparison.Ordinal) && url.EndsWith($"/{commit}/*", StringComparison.Ordinal), $"{name} leads to {commit}: {url}");
}

static byte[]? Information(MetadataReader pdb, EntityHandle of, Guid kind) =>
    pdb.GetCustomDebugInformation(of)
        .Select(pdb.GetCustomDebugInformation)
        .Where(information => pdb.GetGuid(information.Kind) == kind)
        .Select(information => pdb.GetBlobBytes(information.Value))
        .SingleOrDefault();

static bool Contains(byte[] bytes, string text) =>
    bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;

static byte[] Read(ZipArchive package, string name)
{
    using var stream = (package.GetEntry(name) ?? throw new InvalidOperationException($"{name} is missing.")).Open();
    using var content = new MemoryStream();
    stream.CopyTo(content);
    return content.ToArray();
}

static string Element(XElement nuspec, string name) =>
    nuspec.Elements().Single(element => element.Name.LocalName == name).Value;

static void Expect(bool condition, string expected)
{
    if (!condition)
        throw new InvalidOperationException($"Expected: {expected}.");
}
