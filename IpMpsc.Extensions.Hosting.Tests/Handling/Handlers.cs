using System.Text;
using IpMpsc.Extensions.Hosting.Tests.Support;

namespace IpMpsc.Extensions.Hosting.Tests.Handling;

/// <summary>The handlers of the tests; all of them report to the inbox.</summary>
internal static class Handlers
{
    internal sealed class Single(Inbox inbox, Visit visit) : IChannelHandler<Order>
    {
        public ValueTask HandleAsync(Order message, CancellationToken cancellationToken)
        {
            visit.Use();
            return inbox.HandleAsync(message, cancellationToken);
        }
    }

    internal sealed class Batch(Inbox inbox, BatchSizes sizes) : IChannelBatchHandler<Order>
    {
        public async ValueTask HandleAsync(IReadOnlyList<Order> messages, CancellationToken cancellationToken)
        {
            sizes.Add(messages.Count);
            foreach (Order message in messages)
            {
                await inbox.HandleAsync(message, cancellationToken);
            }
        }
    }

    internal sealed class InPlace(Inbox inbox) : IChannelHandler<HeldMessage<Order>>
    {
        public async ValueTask HandleAsync(HeldMessage<Order> message, CancellationToken cancellationToken)
        {
            await Task.Yield();
            await inbox.HandleAsync(new Order { Number = message.View.Number, Text = message.View.GetTextString() }, cancellationToken);
            if (!message.IsHeld)
            {
                throw new InvalidOperationException("The message was released while its handler was using it.");
            }
        }
    }

    internal sealed class Bytes(Inbox inbox) : IChannelHandler<ReadOnlyMemory<byte>>
    {
        public async ValueTask HandleAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        {
            await Task.Yield();
            await inbox.HandleAsync(new Order { Text = Encoding.UTF8.GetString(message.Span) }, cancellationToken);
        }
    }

    internal sealed class Parcels(Inbox inbox) : IChannelHandler<Parcel>
    {
        public ValueTask HandleAsync(Parcel message, CancellationToken cancellationToken) =>
            inbox.HandleAsync(new Order { Number = message.Number, Text = string.Join(", ", message.Labels) }, cancellationToken);
    }

    internal sealed class Quotes(Inbox inbox) : IChannelHandler<Quote>
    {
        public ValueTask HandleAsync(Quote message, CancellationToken cancellationToken) =>
            inbox.HandleAsync(new Order { Number = (int)message.Bid, Text = "quote" }, cancellationToken);
    }

    /// <summary>A scoped service that notices if two messages share a scope, and when the scope ends.</summary>
    internal sealed class Visit(Inbox inbox) : IDisposable
    {
        private int _uses;

        public void Use()
        {
            if (Interlocked.Increment(ref _uses) > 1)
            {
                throw new InvalidOperationException("Two messages share a scope.");
            }
        }

        public void Dispose() => inbox.Calls.Enqueue(-1);
    }

    internal sealed class BatchSizes : List<int>;
}
