using Microsoft.Extensions.Logging;

namespace Smpi;

/// <summary>Brings what a channel tells to a logger.</summary>
internal static class Logs
{
    /// <summary>Logs something. A logger that fails keeps no host from starting.</summary>
    public static void Tell(ILoggerFactory? loggers, Action<ILogger> tell)
    {
        if (loggers is null) return;
        try
        {
            tell(loggers.CreateLogger("Smpi"));
        }
        catch (Exception)
        {
            // There is nobody to tell of it but the logger itself.
        }
    }

    public static void Attach(ChannelOptions options, ILogger logger)
    {
        options.Errors += (subject, error) =>
        {
            // A fault is an answer that the handler chose.
            if (error is FaultException fault) logger.LogDebug("The handler of '{Subject}' answered with {Code}: {Text}", subject, fault.Code.Name, fault.Message);
            else logger.LogError(error, "The handler or callback '{Subject}' failed.", subject);
        };
        options.Notes += note => logger.LogInformation("{Source}: {Text}", note.Source, note.Text);
        options.StateChanged += state => logger.LogDebug("The channel is {State}.", state);
    }
}
