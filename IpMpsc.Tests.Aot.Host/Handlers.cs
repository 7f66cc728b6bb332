using System.Text;
using IpMpsc.Extensions.Hosting;

namespace IpMpsc.Tests.Aot.Host;

/// <summary>A handler of each kind; all of them report to the inbox.</summary>
internal static class Handlers
{
    internal sealed class Orders(Inbox inbox, Visit visit) : IChannelHandler<Order>
    {
        public ValueTask HandleAsync(Order message, CancellationToken cancellationToken)
        {
            visit.Count++;
            inbox.Add($"{message.Number} {message.Item} {visit.Count}");
            return message.Item == "broken" ? throw new InvalidOperationException("broken") : ValueTask.CompletedTask;
        }
    }

    internal sealed class Cancellations(Inbox inbox) : IChannelHandler<Cancellation>
    {
        public ValueTask HandleAsync(Cancellation message, CancellationToken cancellationToken)
        {
            inbox.Add($"not {message.Number}");
            return ValueTask.CompletedTask;
        }
    }

    internal sealed class Batches(Inbox inbox) : IChannelBatchHandler<Order>
    {
        public ValueTask HandleAsync(IReadOnlyList<Order> messages, CancellationToken cancellationToken)
        {
            foreach (Order message in messages)
            {
                inbox.Add($"{message.Number} in a batch");
            }

            return ValueTask.CompletedTask;
        }
    }

    internal sealed class InPlace(Inbox inbox) : IChannelHandler<HeldMessage<Order>>
    {
        public async ValueTask HandleAsync(HeldMessage<Order> message, CancellationToken cancellationToken)
        {
            await Task.Yield();
            inbox.Add(message.View.GetItemString());
        }
    }

    internal sealed class Bytes(Inbox inbox) : IChannelHandler<ReadOnlyMemory<byte>>
    {
        public ValueTask HandleAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        {
            inbox.Add(Encoding.UTF8.GetString(message.Span));
            return ValueTask.CompletedTask;
        }
    }

    internal sealed class Parcels(Inbox inbox) : IChannelHandler<Parcel>
    {
        public ValueTask HandleAsync(Parcel message, CancellationToken cancellationToken)
        {
            inbox.Add($"{message.Number} {string.Join('+', message.Labels)} {message.Prices["a"]} {message.Last}");
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>A service in the scope of each message.</summary>
    internal sealed class Visit
    {
        public int Count { get; set; }
    }
}
