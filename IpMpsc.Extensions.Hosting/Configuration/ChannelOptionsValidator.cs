using System.Globalization;
using Microsoft.Extensions.Options;

namespace IpMpsc.Extensions.Hosting.Configuration;

/// <summary>Checks the options of each channel when the host starts, and names each key that is wrong.</summary>
internal sealed class ChannelOptionsValidator : IValidateOptions<HostedChannelOptions>
{
    /// <summary>More calls at once than any machine has use for: the number is a mistake.</summary>
    private const int MostCalls = 10_000;

    private static readonly TimeSpan s_longestDelay = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, HostedChannelOptions options)
    {
        if (string.IsNullOrEmpty(name))
        {
            return ValidateOptionsResult.Skip;
        }

        string key = ChannelOptionsConfiguration.KeyOf(name);
        List<string> faults = [.. options.Faults];
        RequireChannel(faults, $"{key}:{nameof(options.Capacity)}", options.Capacity, static value => new IpcChannelOptions { Capacity = value });
        RequireChannel(faults, $"{key}:{nameof(options.MaxSenders)}", options.MaxSenders, static value => new IpcChannelOptions { MaxSenders = value });
        RequireHandler(faults, $"{key}:{nameof(options.Handler)}", options.Handler);
        RequireHealth(faults, $"{key}:{nameof(options.Health)}", options.Health);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void RequireHandler(List<string> faults, string key, ChannelHandlerOptions options)
    {
        Require(faults, $"{key}:{nameof(options.Parallelism)}", options.Parallelism, 1, MostCalls);
        Require(faults, $"{key}:{nameof(options.MaxHeld)}", options.MaxHeld ?? 1, 1, int.MaxValue);
        Require(faults, $"{key}:{nameof(options.BatchSize)}", options.BatchSize, 1, int.MaxValue);
        Require(faults, $"{key}:{nameof(options.MaxAttempts)}", options.MaxAttempts, 1, int.MaxValue);
        Require(faults, $"{key}:{nameof(options.RetryDelay)}", options.RetryDelay, TimeSpan.Zero, s_longestDelay);
        Require(faults, $"{key}:{nameof(options.MaxRetryDelay)}", options.MaxRetryDelay, TimeSpan.Zero, s_longestDelay);
        Require(faults, $"{key}:{nameof(options.OnFailure)}", (int)options.OnFailure, 0, (int)FailureAction.DeadLetter);
    }

    private static void RequireHealth(List<string> faults, string key, ChannelHealthOptions options)
    {
        Require(faults, $"{key}:{nameof(options.BlockedAfter)}", options.BlockedAfter, TimeSpan.Zero, TimeSpan.MaxValue);
        Require(faults, $"{key}:{nameof(options.StalledAfter)}", options.StalledAfter, TimeSpan.Zero, TimeSpan.MaxValue);
        Require(faults, $"{key}:{nameof(options.MaxDepth)}", options.MaxDepth, 0, 1);
    }

    private static void Require<T>(List<string> faults, string key, T value, T least, T most) where T : IComparable<T>, IFormattable
    {
        if (!(value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0))
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{key} is {value}, but must be from {least} to {most}."));
        }
    }

    /// <summary>What the channel refuses, in its own words.</summary>
    private static void RequireChannel<T>(List<string> faults, string key, T? value, Func<T, IpcChannelOptions> use) where T : struct, IFormattable
    {
        if (value is not { } set)
        {
            return;
        }

        try
        {
            use(set);
        }
        catch (ArgumentOutOfRangeException refused)
        {
            string reason = refused.Message.Split(" (Parameter", 2)[0];
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{key} is {set:N0}: {reason}"));
        }
    }
}
