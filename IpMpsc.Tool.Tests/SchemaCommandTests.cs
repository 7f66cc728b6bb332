using System.Text.Json;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests;

/// <summary><c>ipmpsc schema</c>. The tests of the generator check that the C# has the same schema.</summary>
public sealed class SchemaCommandTests : ToolFixture
{
    [Test]
    public void TheMessagesAreShown()
    {
        Receiver<Order>.Create("orders").Dispose();

        string text = ToolProcess.Run("schema", "orders").Expect(ExitCode.Success).Output;
        string source = ToolProcess.Run("schema", "orders", "--csharp").Expect(ExitCode.Success).Output;
        JsonElement json = ToolProcess.Run("schema", "orders", "--json").Expect(ExitCode.Success).Json;

        Assert.That(text, Is.EqualTo(IpcChannel.Inspect("orders").Schema));
        Assert.That(source, Does.Contain("namespace IpMpsc.Tool.Tests.Support\n").And.Contain("    [ChannelMessage]\n    public partial struct Order\n"));
        Assert.That(source, Does.Contain("    public double? Limit;").And.Contain("public string? Note;").And.Contain("        Sell = 1,"));
        Assert.That(json.GetProperty("schema").GetString(), Is.EqualTo(text));
        JsonElement fields = json.GetProperty("messages")[0].GetProperty("fields");
        JsonElement side = fields[0];
        Assert.That(side.GetProperty("name").GetString(), Is.EqualTo("Side"));
        Assert.That(side.GetProperty("members")[1].GetProperty("name").GetString(), Is.EqualTo("Sell"));
        JsonElement last = fields.EnumerateArray().Single(static field => field.GetProperty("name").GetString() == "Last");
        Assert.That(last.GetProperty("fields").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public void AChannelWithoutMessageTypesIsReported()
    {
        ByteReceiver.Create("raw").Dispose();

        ToolProcess.Run("schema", "raw").ExpectFailure(ExitCode.BadData, "raw bytes");
        ToolProcess.Run("schema", "rwa").ExpectFailure(ExitCode.NotFound, "Did you mean 'raw'?");
        ToolProcess.Run("schema", "raw", "--csharp", "--json").ExpectFailure(ExitCode.Usage, "Choose one");
    }
}
