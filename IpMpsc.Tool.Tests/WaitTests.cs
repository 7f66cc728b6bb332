using System.Text.Json;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests;

/// <summary><c>ipmpsc wait</c>.</summary>
public sealed class WaitTests : ToolFixture
{
    [TestCase("receiver", "has a receiver")]
    [TestCase("sender", "has a sender")]
    public void AParticipantOfAChannelThatDoesNotExistYetIsAwaited(string condition, string told)
    {
        using ToolProcess waiting = ToolProcess.Start("wait", "raw", condition);
        using ByteReceiver receiver = ByteReceiver.Create("raw");
        using ByteSender sender = ByteSender.Open("raw");

        Assert.That(waiting.End().Expect(ExitCode.Success).Output, Is.EqualTo($"raw {told}.\n"));
    }

    [Test]
    public void AnEmptyChannelHasNoMessageAndHoldsNone()
    {
        using ByteReceiver receiver = ByteReceiver.Create("raw");
        using ByteSender sender = ByteSender.Open("raw");
        Assert.That(ToolProcess.Run("wait", "raw", "empty").Expect(ExitCode.Success).Output, Is.EqualTo("raw is empty.\n"));

        sender.Send("one"u8);
        ToolProcess.Run("wait", "raw", "empty", "--timeout", "1s").ExpectFailure(ExitCode.Failed, "After 1 s, raw is not empty.");

        using (HeldBytes held = receiver.Hold())
        {
            ToolProcess.Run("wait", "raw", "empty", "--timeout", "1s").ExpectFailure(ExitCode.Failed, "raw is not empty");
        }

        ToolProcess.Run("wait", "raw", "empty").Expect(ExitCode.Success);
    }

    [Test]
    public void AChannelIsUnusedWhenItsLastParticipantHasLeft()
    {
        ByteReceiver receiver = ByteReceiver.Create("raw");
        ByteSender sender = ByteSender.Open("raw");
        receiver.Dispose();
        ToolProcess.Run("wait", "raw", "unused", "--timeout", "1s").ExpectFailure(ExitCode.Failed, "raw is in use");

        using ToolProcess waiting = ToolProcess.Start("wait", "raw", "unused", "--json");
        sender.Dispose();
        JsonElement met = waiting.End().Expect(ExitCode.Success).Json;

        Assert.That(met.GetProperty("channel").GetString(), Is.EqualTo(PathOf("raw")));
        Assert.That(met.GetProperty("condition").GetString(), Is.EqualTo("unused"));
        Assert.That(met.GetProperty("seconds").GetDouble(), Is.Not.Negative);
    }

    [Test]
    public void ATimeoutSaysWhatIsMissing()
    {
        ToolProcess.Run("wait", "raw", "receiver", "--timeout", "1s").ExpectFailure(ExitCode.Failed, "After 1 s, raw does not exist.");
        ByteReceiver.Create("raw").Dispose();

        JsonElement error = ToolProcess.Run("wait", "raw", "receiver", "--timeout", "1s", "--json").Expect(ExitCode.Failed).JsonError;

        Assert.That(error.GetProperty("message").GetString(), Is.EqualTo("After 1 s, raw has no receiver."));
        Assert.That(error.GetProperty("condition").GetString(), Is.EqualTo("receiver"));
    }

    [Test]
    public void AnImpossibleConditionFailsAtOnce()
    {
        CreateQuotes("quotes", 0);

        ToolProcess.Run("wait", "quots", "empty").ExpectFailure(ExitCode.NotFound, "'quots'", "Did you mean 'quotes'?");
        ToolProcess.Run("wait", "quots", "unused").ExpectFailure(ExitCode.NotFound, "Did you mean 'quotes'?");
        ToolProcess.Run("wait", "", "receiver").ExpectFailure(ExitCode.Usage);
        ToolProcess.Run("wait", "quotes", "full").ExpectFailure(ExitCode.Usage, "full");
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "No test can press Ctrl-C there")]
    public void CtrlCEndsTheWait()
    {
        using ByteReceiver receiver = ByteReceiver.Create("raw");
        using ToolProcess waiting = ToolProcess.Start("wait", "raw", "sender");

        waiting.Interrupt();

        Assert.That(waiting.End().ExitCode, Is.EqualTo(ExitCode.Interrupted));
    }
}
