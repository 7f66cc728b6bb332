using IpMpsc.Platform;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Sending;
using IpMpsc.Telemetry;
using IpMpsc.Waiting;

namespace IpMpsc.Opening;

/// <summary>Opens channels for the public types, in their terms: names, options and public exceptions.</summary>
internal static class ChannelAccess
{
    private const string TemporaryPrefix = "temporary-";

    private static readonly IpcChannelOptions s_defaults = new();

    public static RingConsumer OpenReceiver(string name, IpcChannelOptions? options, OpenMode mode, ExpectedSchema schema)
    {
        RingConsumer consumer = new(Open(name, options, mode, ChannelRole.Receiver, schema))
        {
            DeletesChannel = options?.DeleteOnDispose ?? false,
            EndsWithSenders = options?.EndWithSenders ?? false,
            Budget = BudgetOf(options),
        };
        ChannelMeter.Add(consumer);
        return consumer;
    }

    public static ProducerPool OpenSender(string name, IpcChannelOptions? options, OpenMode mode, ExpectedSchema schema) =>
        new(
            Open(name, options, mode, ChannelRole.Sender, schema),
            ParticipantName(options),
            options?.FailWhenFullWithoutReceiver ?? false,
            BudgetOf(options));

    public static RingProducer OpenExclusiveSender(string name, IpcChannelOptions? options, OpenMode mode, ExpectedSchema schema)
    {
        Attachment attachment = Open(name, options, mode, ChannelRole.Sender, schema);
        RingProducer producer = new(attachment, attachment.FirstSlot)
        {
            FailsWithoutReceiver = options?.FailWhenFullWithoutReceiver ?? false,
            Budget = BudgetOf(options),
        };
        attachment.RemoveUser(); // The producer is the only user.
        ChannelMeter.Add(producer);
        return producer;
    }

    /// <summary>
    /// A unique name for a channel that ends with its receiver. This call also removes such channels whose receiver was
    /// killed and that no process has open.
    /// </summary>
    public static string NewTemporaryName()
    {
        foreach (ChannelInfo channel in IpcChannel.List())
        {
            if (IsTemporaryName(channel.Name) && !channel.IsReceiverAttached)
            {
                try
                {
                    IpcChannel.Delete(channel.Path);
                }
                catch (ChannelException)
                {
                    // A sender still has it open, or another process is removing it.
                }
            }
        }

        return $"{TemporaryPrefix}{Guid.NewGuid():N}";
    }

    /// <summary>The options of a channel that ends with its receiver.</summary>
    public static IpcChannelOptions Temporary(IpcChannelOptions? options) => new()
    {
        Capacity = options?.Capacity,
        MaxSenders = options?.MaxSenders,
        ParticipantName = ParticipantName(options),
        EndWithSenders = options?.EndWithSenders ?? false,
        WaitStrategy = options?.WaitStrategy ?? default,
        Prefault = options?.Prefault ?? false,
        DeleteOnDispose = true,
    };

    /// <summary>Whether a channel of this name ends with its receiver.</summary>
    public static bool IsTemporaryName(string name) =>
        name.StartsWith(TemporaryPrefix, StringComparison.Ordinal)
        && Guid.TryParseExact(name.AsSpan(TemporaryPrefix.Length), "N", out _);

    private static SpinBudget BudgetOf(IpcChannelOptions? options) => (options ?? s_defaults).WaitStrategy.ToBudget();

    private static string ParticipantName(IpcChannelOptions? options) => (options ?? s_defaults).ParticipantName;

    private static Attachment Open(
        string name, IpcChannelOptions? options, OpenMode mode, ChannelRole role, ExpectedSchema schema)
    {
        options ??= s_defaults;
        try
        {
            ChannelSpec spec = new()
            {
                Path = ChannelPath.Resolve(name),
                Capacity = options.Capacity,
                SlotCount = options.MaxSenders,
                ParticipantName = options.ParticipantName,
                Prefault = options.Prefault,
                Schema = schema.Text,
                DescribeDifference = schema.DescribeDifference,
            };
            return ChannelOpener.Open(spec, mode, role);
        }
        catch (ChannelFault fault)
        {
            throw ChannelException.From(fault);
        }
    }
}
