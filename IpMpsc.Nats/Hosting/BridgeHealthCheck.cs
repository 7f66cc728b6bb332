using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IpMpsc.Nats.Hosting;

/// <summary>
/// Reports the worst state among the bridges of a channel: one that waits is degraded, one that cannot continue has
/// failed.
/// </summary>
internal sealed class BridgeHealthCheck(IReadOnlyList<BridgeRegistration> bridges) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        HealthStatus worst = HealthStatus.Healthy;
        List<string> reasons = [];
        Dictionary<string, object> data = [];
        foreach (JetStreamBridge bridge in bridges.Select(registration => registration.Bridge).OfType<JetStreamBridge>())
        {
            BridgeStatus status = bridge.Status;
            HealthStatus health = status.State switch
            {
                BridgeState.Running or BridgeState.NotStarted => HealthStatus.Healthy,
                BridgeState.Waiting => HealthStatus.Degraded,
                _ => context.Registration.FailureStatus,
            };
            worst = health < worst ? health : worst; // Unhealthy is the least.
            data[$"{bridge.Stream}.state"] = status.State.ToString();
            data[$"{bridge.Stream}.since"] = status.Since;
            data[$"{bridge.Stream}.messages"] = status.Messages;
            data[$"{bridge.Stream}.pending"] = status.Pending;
            if (status.Reason is { } reason)
            {
                string does = status.State == BridgeState.Waiting ? "waits for" : "cannot continue:";
                reasons.Add($"The bridge between channel '{bridge.Channel}' and stream '{bridge.Stream}' {does} {reason}");
            }
        }

        return Task.FromResult(new HealthCheckResult(worst, reasons.Count == 0 ? null : string.Join(' ', reasons), exception: null, data));
    }
}
