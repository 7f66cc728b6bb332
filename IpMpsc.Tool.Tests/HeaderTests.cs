using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Headers;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests;

/// <summary><c>ipmpsc header</c>. IpMpsc.Native.Tests tests that its output compiles and works.</summary>
public sealed class HeaderTests : ToolFixture
{
    private static readonly string s_assembly = typeof(Quote).Assembly.Location;

    [Test]
    public void AChannelBecomesACHeader()
    {
        CreateQuotes("quotes", 0);

        string header = ToolProcess.Run("header", "quotes", "--c").Expect(ExitCode.Success).Output;

        Assert.That(header, Does.Contain("#ifndef IPMPSC_QUOTES_H"));
        Assert.That(header, Does.Contain("#define QUOTES_SCHEMA").And.Contain("    \"  Instrument i32 @0\\n\""));
        Assert.That(header, Does.Contain("    double bid;\n"));
        Assert.That(header, Does.Contain("IPMPSC_ASSERT(offsetof(ip_mpsc_tool_tests_support_quote_block, bid) == 8,"));
        Assert.That(header, Does.Contain("ip_mpsc_tool_tests_support_quote_get_venue(const ip_mpsc_tool_tests_support_quote_view *view, ipmpsc_text *value)"));
        Assert.That(header, Does.Contain("ip_mpsc_tool_tests_support_quote_get_depths(const ip_mpsc_tool_tests_support_quote_view *view, const int16_t **items, uint32_t *count)"));
        Assert.That(header, Does.Contain("static inline uint32_t ip_mpsc_tool_tests_support_quote_measure("));
    }

    [Test]
    public void AChannelBecomesAPythonModule()
    {
        CreateQuotes("quotes", 0);

        string module = ToolProcess.Run("header", "quotes", "--python").Expect(ExitCode.Success).Output;

        Assert.That(module, Does.Contain("class Quote:").And.Contain("    instrument: int = 0\n").And.Contain("    venue: str = \"\"\n"));
        Assert.That(module, Does.Contain("    depths: list[int] = field(default_factory=list)\n"));
    }

    [Test]
    public void AnAssemblyHasTheSameMessages()
    {
        CreateQuotes("quotes", 0);
        string ofChannel = ToolProcess.Run("header", "quotes", "--c", "--json").Expect(ExitCode.Success).Json.GetProperty("text").GetString()!;
        string ofAssembly = ToolProcess.Run("header", s_assembly, "--c", "--message", typeof(Quote).FullName!).Expect(ExitCode.Success).Output;

        string name = Path.GetFileNameWithoutExtension(s_assembly);
        Assert.That(
            ofAssembly.Replace($"'{name}'", "'quotes'").Replace("IP_MPSC_TOOL_TESTS_SCHEMA", "QUOTES_SCHEMA").Replace("IPMPSC_IP_MPSC_TOOL_TESTS_H", "IPMPSC_QUOTES_H"),
            Is.EqualTo(ofChannel));
        Assert.That(ToolProcess.Run("header", s_assembly, "--python").Expect(ExitCode.Success).Output, Does.Contain("class Trade:").And.Contain("class Quote:"));
    }

    [Test]
    public void SourcesWithoutMessagesAreRefused()
    {
        ByteReceiver.Create("raw").Dispose();

        ToolProcess.Run("header", "raw", "--c").ExpectFailure(ExitCode.BadData, "raw bytes");
        ToolProcess.Run("header", "qoutes", "--c").ExpectFailure(ExitCode.NotFound);
        ToolProcess.Run("header", Path.Join(Files.Path, "missing.dll"), "--c").ExpectFailure(ExitCode.NotFound, "missing.dll");
        ToolProcess.Run("header", typeof(Assert).Assembly.Location, "--c").ExpectFailure(ExitCode.BadData, "[ChannelMessage]");
        ToolProcess.Run("header", s_assembly, "--c", "--message", $"{typeof(Quote).FullName}s").ExpectFailure(ExitCode.NotFound, $"Did you mean '{typeof(Quote).FullName}'?");
        File.WriteAllText(Files["text.dll"], "no assembly");
        ToolProcess.Run("header", Files["text.dll"], "--c").ExpectFailure(ExitCode.BadData, "text.dll");
    }

    [TestCase("header", "quotes")]
    [TestCase("header", "quotes", "--c", "--python")]
    public void OneLanguageIsChosen(params string[] arguments) =>
        ToolProcess.Run(arguments).ExpectFailure(ExitCode.Usage, "--c or --python");

    [TestCase("VideoFrame", "video_frame")]
    [TestCase("Demo.VideoFrame", "demo_video_frame")]
    [TestCase("HTTPServer2", "http_server2")]
    [TestCase("already_snake", "already_snake")]
    [TestCase("2nd", "_2nd")]
    [TestCase("Größe", "gru00f6u00dfe")]
    public void NamesBecomeIdentifiers(string name, string expected) => Assert.That(Identifiers.Snake(name), Is.EqualTo(expected));

    [Test]
    public void NoNameIsGivenTwiceOrReserved()
    {
        Identifiers names = new(Identifiers.OfC);

        Assert.That(names.Give("int"), Is.EqualTo("int_"));
        Assert.That(names.Give("a"), Is.EqualTo("a"));
        Assert.That(names.Give("a"), Is.EqualTo("a_2"));
    }
}
