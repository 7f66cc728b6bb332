using System.Diagnostics;
using System.Globalization;
using IpMpsc.Layout;
using IpMpsc.Native.Tests.Support;
using IpMpsc.Tests.Peer.Processes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Native.Tests.Live;

/// <summary>
/// A process is stepped through a call, instruction by instruction, and killed between two of them. Others find the channel as if the call had either been made
/// or not. The kills are counted by the state in which they left the channel.
/// </summary>
[Category("Native")]
public sealed class SingleStepTests : ChannelFixture
{
    private static readonly IpcChannelOptions s_options = new() { Capacity = 4096, MaxSenders = 3 };
    private static readonly string[] s_calls = ["send", "receive", "open", "close"];

    [Test]
    public void AProcessKilledWithinACallLeavesTheChannelWhole([ValueSource(nameof(s_calls))] string call) => Campaign(call, kills: 8);

    /// <summary>As many kills for each call as the parameter <c>kills</c> says; by default enough for every instruction of a send and of a receive.</summary>
    [Test]
    [Explicit("Each kill takes about a fifth of a second")]
    [Category("Steps")]
    [Property(WatchdogAttribute.Minutes, 60)]
    public void AProcessKilledAtAnyInstructionLeavesTheChannelWhole([ValueSource(nameof(s_calls))] string call) =>
        Campaign(call, int.Parse(TestContext.Parameters.Get("kills", "100000"), CultureInfo.InvariantCulture));

    private void Campaign(string call, int kills)
    {
        long instructions = Measure(call);
        Assert.That(instructions, Is.GreaterThan(100), "The call was not stepped through.");
        long step = Math.Max(1, instructions / kills);
        Random random = new(1);
        SortedDictionary<string, int> counted = [];
        for (long at = 0; at < instructions; at += step)
        {
            string state = KillAt(call, step == 1 ? at : at + random.NextInt64(step));
            counted[state] = counted.GetValueOrDefault(state) + 1;
        }

        TestContext.Out.WriteLine(
            $"{call}: about {instructions} instructions, killed {counted.Values.Sum()} times: {string.Join(", ", counted.Select(pair => $"{pair.Value} {pair.Key}"))}");
    }

    private long Measure(string call)
    {
        string channel = Directory[$"measured-{call}"];
        using ByteReceiver? receiver = Prepare(call, channel);
        string said = Run(call, channel, long.MaxValue);
        Assert.That(said, Does.StartWith("ended "));
        return long.Parse(said["ended ".Length..], CultureInfo.InvariantCulture);
    }

    private string KillAt(string call, long instruction)
    {
        string channel = Directory[$"{call}-{instruction}"];
        using (ByteReceiver? receiver = Prepare(call, channel))
        {
            string said = Run(call, channel, instruction);
            string state = said.StartsWith("ended", StringComparison.Ordinal) ? "after the call" : StateOf(call, channel);
            if (call == "receive")
            {
                CheckReceiver(channel, instruction);
            }
            else
            {
                CheckSenders(receiver!, call, channel, instruction);
            }

            return state;
        }
    }

    /// <summary>Creates the channel, with a receiver unless the receiver is the one to be killed.</summary>
    private static ByteReceiver? Prepare(string call, string channel)
    {
        ByteReceiver receiver = ByteReceiver.Create(channel, s_options);
        if (call != "receive")
        {
            return receiver;
        }

        using (ByteSender sender = ByteSender.Open(channel))
        {
            for (int number = 0; number < PeerProgram.CallsBeforeStep + 3; number++)
            {
                sender.Send(BitConverter.GetBytes(number));
            }
        }

        receiver.Dispose();
        return null;
    }

    /// <summary>The state of the protocol in which the process was killed.</summary>
    private static string StateOf(string call, string channel)
    {
        using SegmentWords words = new(channel);
        switch (call)
        {
            case "send":
                long before = PeerProgram.CallsBeforeStep * RecordDescriptor.RecordSize(sizeof(int));
                long claim = words.ReadInt64(SegmentLayout.SlotsOffset + SlotDescriptor.ClaimPositionOffset);
                return words.Tail > before
                    ? words.ReadInt64(SegmentLayout.SlotsOffset + SlotDescriptor.MessagesOffset) > PeerProgram.CallsBeforeStep ? "after the commit" : "in the claim"
                    : claim == before ? "before the tail moved" : "before the claim";
            case "receive":
                return words.Head > PeerProgram.CallsBeforeStep * RecordDescriptor.RecordSize(sizeof(int)) ? "after the release" : "before the release";
            default:
                return words.ReadInt64(SegmentLayout.SlotsOffset + SlotDescriptor.ClaimPositionOffset) == SlotDescriptor.NoClaim
                    ? "with no claim in the slot" : "with a claim in the slot";
        }
    }

    private static void CheckReceiver(string channel, long instruction)
    {
        using ByteReceiver successor = ByteReceiver.Open(channel);
        int next = Number(successor);
        Assert.That(next, Is.EqualTo(PeerProgram.CallsBeforeStep).Or.EqualTo(PeerProgram.CallsBeforeStep + 1), $"Killed at instruction {instruction}.");
        while (next < PeerProgram.CallsBeforeStep + 2)
        {
            Assert.That(Number(successor), Is.EqualTo(++next), $"Killed at instruction {instruction}.");
        }
    }

    private static void CheckSenders(ByteReceiver receiver, string call, string channel, long instruction)
    {
        // Every slot can be taken again, and new messages arrive after everything that the dead process has committed.
        ByteSender[] senders = [];
        try
        {
            int expected = 0;
            if (call == "send")
            {
                while (expected < PeerProgram.CallsBeforeStep)
                {
                    Assert.That(Number(receiver), Is.EqualTo(expected++), $"Killed at instruction {instruction}.");
                }
            }

            using ByteSender first = ByteSender.Open(channel);
            first.Send(BitConverter.GetBytes(-1));
            int number = Number(receiver);
            if (call == "send" && number == PeerProgram.CallsBeforeStep)
            {
                number = Number(receiver);
            }

            Assert.That(number, Is.EqualTo(-1), $"Killed at instruction {instruction}.");
            senders = [.. Enumerable.Range(1, s_options.MaxSenders!.Value - 1).Select(_ => ByteSender.Open(channel))];
        }
        finally
        {
            Array.ForEach(senders, static sender => sender.Dispose());
        }
    }

    private static int Number(ByteReceiver receiver)
    {
        byte[] message = new byte[sizeof(int)];
        Assert.That(receiver.TryReceive(message, out int length, Patience.Limit), Is.True, "An expected message did not arrive.");
        Assert.That(length, Is.EqualTo(sizeof(int)));
        return BitConverter.ToInt32(message);
    }

    private static string Run(string call, string channel, long instruction)
    {
        ProcessStartInfo peer = PeerProgram.Start(["stepped", call, channel]);
        peer.Environment["DOTNET_TieredCompilation"] = "0"; // Methods are compiled once, before the step, and not again in the middle of it.
        using StepperProcess stepper = new(new ProcessStartInfo(
            NativeBuild.Stepper, [instruction.ToString(CultureInfo.InvariantCulture), peer.FileName, .. peer.ArgumentList])
        {
            Environment = { ["DOTNET_TieredCompilation"] = "0" },
        });
        string said = stepper.Listen();
        stepper.ExpectSuccess();
        return said;
    }

    private sealed class StepperProcess(ProcessStartInfo start) : ProgramProcess("Stepper", start)
    {
        public void ExpectSuccess() => Assert.That(AwaitExit(), Is.Zero, Transcript);
    }
}
