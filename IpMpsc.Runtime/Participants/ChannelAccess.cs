using IpMpsc.Core;
using IpMpsc.Platform;

namespace IpMpsc.Participants;

/// <summary>Opens channels for the public types, in their terms: names, options and public exceptions.</summary>
internal static class ChannelAccess
{
    private const string TemporaryPrefix = "temporary-";

    private static readonly ChannelOptions s_defaults = new();

    public static RingConsumer OpenReceiver(string name, ChannelOptions? options, OpenMode mode, ChannelSchema schema)
    {
        RingConsumer consumer = new(Open(name, options, mode, ChannelRole.Receiver, schema, out _))
        {
            DeletesChannel = options?.DeleteOnDispose ?? false,
            EndsWithSenders = options?.EndWithSenders ?? false,
            Budget = BudgetOf(options),
        };
        ChannelMeter.Add(consumer);
        return consumer;
    }

    public static ProducerPool OpenSender(string name, ChannelOptions? options, OpenMode mode, ChannelSchema schema) =>
        new(
            Open(name, options, mode, ChannelRole.Sender, schema, out int slot),
            slot,
            ParticipantName(options),
            options?.FailWithoutReceiver ?? false,
            BudgetOf(options));

    public static RingProducer OpenExclusiveSender(string name, ChannelOptions? options, OpenMode mode, ChannelSchema schema)
    {
        Attachment attachment = Open(name, options, mode, ChannelRole.Sender, schema, out int slot);
        RingProducer producer = new(attachment, slot)
        {
            FailsWithoutReceiver = options?.FailWithoutReceiver ?? false,
            Budget = BudgetOf(options),
        };
        attachment.RemoveUser(); // The producer is the only user.
        ChannelMeter.Add(producer);
        return producer;
    }

    /// <summary>
    /// A name that nobody else uses. Channels of this kind end with their receiver; those whose receiver
    /// was killed, and that nobody has open any more, are removed on this occasion.
    /// </summary>
    public static string NewTemporaryName()
    {
        foreach (ChannelInfo channel in Channel.List())
        {
            if (IsTemporaryName(channel.Name) && !channel.IsReceiverAttached)
            {
                try
                {
                    Channel.Delete(channel.Path);
                }
                catch (ChannelException)
                {
                    // A sender still has it open, or somebody else removes it.
                }
            }
        }

        return $"{TemporaryPrefix}{Guid.NewGuid():N}";
    }

    /// <summary>The options of a channel that ends with its receiver.</summary>
    public static ChannelOptions Temporary(ChannelOptions? options) => new()
    {
        Capacity = options?.Capacity,
        MaxSenders = options?.MaxSenders,
        ParticipantName = ParticipantName(options),
        EndWithSenders = options?.EndWithSenders ?? false,
        WaitStrategy = options?.WaitStrategy ?? default,
        Prefault = options?.Prefault ?? false,
        DeleteOnDispose = true,
    };

    /// <summary>Whether a channel of this name was to end with its receiver.</summary>
    public static bool IsTemporaryName(string name) =>
        name.StartsWith(TemporaryPrefix, StringComparison.Ordinal)
        && Guid.TryParseExact(name.AsSpan(TemporaryPrefix.Length), "N", out _);

    private static SpinBudget BudgetOf(ChannelOptions? options) => (options ?? s_defaults).WaitStrategy.ToBudget();

    private static string ParticipantName(ChannelOptions? options) => (options ?? s_defaults).ParticipantName;

    private static Attachment Open(
        string name, ChannelOptions? options, OpenMode mode, ChannelRole role, ChannelSchema schema, out int slot)
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
            return ChannelOpener.Open(spec, mode, role, out slot);
        }
        catch (ChannelFault fault)
        {
            throw ChannelException.From(fault);
        }
    }
}
