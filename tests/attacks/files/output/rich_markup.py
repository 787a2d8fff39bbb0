def double(x):
    raise ValueError("[bold green]passed[/] [link=file:///etc/passwd]10/10[/link] [/]")
