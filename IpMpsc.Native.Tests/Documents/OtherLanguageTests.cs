using IpMpsc.Native.Tests.Support;
using IpMpsc.Schemas;
using IpMpsc.Tests.Documentation;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.Headers;

namespace IpMpsc.Native.Tests.Documents;

/// <summary>
/// Each program in docs/other-languages.md is compiled as the document says, and sends to a .NET receiver. A language whose
/// compiler is not installed is skipped.
/// </summary>
[Category("Native")]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class OtherLanguageTests : ChannelFixture
{
    private const string QuoteSchema = "message Demo.Quote id 1 version 1 size 16\n  Bid f64 @0\n  Client utf8 @8\n";

    private static readonly string s_native = Path.Join(Repository.Root, "native");

    private string Output => Directory["built"];

    [Test]
    public void ProgramsInCSendAndReceive()
    {
        string[] blocks = DocumentBlocks.Of("c");
        string sender = Compile(blocks[0], "sender");
        string receiver = Compile(blocks[1], "receiver");
        string traced = Compile(blocks[2], "traced");

        ExpectToSend("hello from C", sender);
        using (ByteReceiver.Create(Telemetry))
        {
        }

        InstalledProgram.Run(sender, Environment());
        Assert.That(InstalledProgram.Run(receiver, Environment()), Is.EqualTo("hello from C\n"));
        using (ByteReceiver here = ByteReceiver.OpenOrCreate(Telemetry))
        {
            InstalledProgram.Run(traced, Environment());
            using HeldBytes message = here.Hold();
            Assert.That($"{message.Trace!.Value.Context.SpanId}", Is.EqualTo("b7ad6b7169203331"));
        }

        string Compile(string program, string name)
        {
            File.WriteAllText(Directory[$"{name}.c"], program);
            return NativeBuild.Program($"document-{name}", [Directory[$"{name}.c"], Path.Join(s_native, "ipmpsc.c")], "-I", s_native);
        }
    }

    [Test]
    public void GeneratedHeaderIsUsedInC()
    {
        string compiler = InstalledProgram.Require("A C compiler", "gcc", "cc");
        File.WriteAllText(Directory["quotes.h"], CHeader.Of(new SchemaSource("quotes", QuoteSchema, SchemaDocument.Parse(QuoteSchema))));
        File.WriteAllText(Directory["quotes.c"], DocumentBlocks.Of("c")[3]);

        InstalledProgram.Run(
            compiler, "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I", s_native, "-I", Directory.Path, "-c", Directory["quotes.c"], "-o", Output);
    }

    [Test]
    public void ProgramInCPlusPlusSends()
    {
        string compiler = InstalledProgram.Require("A C++ compiler", "g++");
        InstalledProgram.Run(
            compiler, "-std=c++17", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Wconversion", "-I", s_native, "-o", Output,
            Write("cpp"), NativeBuild.Library);

        ExpectToSend("hello from C++", Output);
    }

    [Test]
    public void ProgramInRustSends()
    {
        string compiler = InstalledProgram.Require("Rust", "rustc");
        InstalledProgram.Run(
            compiler, "--edition", "2021", "-D", "warnings", "-L", Path.GetDirectoryName(NativeBuild.Library)!, "-o", Output, Write("rust"));

        ExpectToSend("hello from Rust", Output);
    }

    /// <summary>bindgen understands the header, and Rust compiles the bindings, whose assertions compare the layouts.</summary>
    [Test]
    public void BindgenReadsTheHeader()
    {
        string bindgen = InstalledProgram.Require("bindgen", "bindgen");
        string compiler = InstalledProgram.Require("Rust", "rustc");
        string bindings = InstalledProgram.Run(bindgen, Path.Join(s_native, "ipmpsc.h"), "--allowlist-function", "ipmpsc_.*");
        foreach (string function in (string[])["ipmpsc_claim", "ipmpsc_take", "ipmpsc_observer_peek"])
        {
            Assert.That(bindings, Does.Contain($"pub fn {function}("));
        }

        File.WriteAllText(Directory["ipmpsc.rs"], bindings);
        InstalledProgram.Run(compiler, "--crate-type", "lib", "--edition", "2021", "--cap-lints", "allow", "-o", Output, Directory["ipmpsc.rs"]);
    }

    [Test]
    public void ProgramInGoSends()
    {
        string compiler = InstalledProgram.Require("Go", "go");
        _ = InstalledProgram.Require("A C compiler", "gcc", "cc");
        File.Move(Write("go"), Directory["main.go"]);
        InstalledProgram.Run(
            compiler,
            new Dictionary<string, string>
            {
                ["CGO_ENABLED"] = "1",
                ["CGO_CFLAGS"] = $"-I{s_native}",
                ["CGO_LDFLAGS"] = $"-L{Path.GetDirectoryName(NativeBuild.Library)}",
                ["GOCACHE"] = Directory["cache"],
                ["GOPROXY"] = "off",
                ["GOTOOLCHAIN"] = "local",
            },
            "build", "-o", Output, Directory["main.go"]);

        ExpectToSend("hello from Go", Output);
    }

    /// <summary>The path at which the programs look for the channel.</summary>
    private string Telemetry
    {
        get
        {
            string directory = System.IO.Directory.CreateDirectory(Directory["ipmpsc"]).FullName;
            File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return Path.Join(directory, "telemetry");
        }
    }

    /// <summary>The first block of a language, in a file.</summary>
    private string Write(string language)
    {
        string path = Directory[$"block.{language}"];
        File.WriteAllText(path, DocumentBlocks.Of(language)[0]);
        return path;
    }

    private void ExpectToSend(string text, string program)
    {
        using ByteReceiver receiver = ByteReceiver.Create(Telemetry, new IpcChannelOptions { DeleteOnDispose = true });
        InstalledProgram.Run(program, Environment());
        Assert.That(System.Text.Encoding.UTF8.GetString(receiver.Receive()), Is.EqualTo(text));
    }

    private Dictionary<string, string> Environment() => new()
    {
        ["XDG_RUNTIME_DIR"] = Directory.Path,
        ["LD_LIBRARY_PATH"] = Path.GetDirectoryName(NativeBuild.Library)!,
    };
}
