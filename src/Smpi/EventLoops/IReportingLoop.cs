namespace Smpi;

/// <summary>A loop with a thread or an owner that must survive what runs on it, such as the rest of an <c>async void</c> method.</summary>
internal interface IReportingLoop
{
    /// <summary>Names who is told what posted work throws; the last one named is. Before that it ends in whoever runs the loop.</summary>
    void ReportTo(ChannelDiagnostics diagnostics);
}
