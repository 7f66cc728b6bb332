using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Tests.Support;

/// <summary>One call of a logger.</summary>
internal sealed record LoggedLine(
    LogLevel Level, string Category, EventId EventId, string Message, object? State, Exception? Exception, IReadOnlyList<object?> Scopes);
