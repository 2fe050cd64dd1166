/** The administrator of every broker that we start. */
export const administrator = 'plan';

/**
 * Erlang, evaluated in a broker of ours once it has booted: a door on a port of its own for the few
 * things that AMQP cannot do. `rabbitmqctl` starts an Erlang of its own for each of them, which
 * takes a second or more; this takes milliseconds, and needs neither epmd nor a cookie. It wants a
 * word that only we know, and offers nothing but what stands here. One line in, one line out.
 */
export const controlProgram = `
Word = list_to_binary(os:getenv("PLAN_CONTROL_TOKEN")),
Port = list_to_integer(os:getenv("PLAN_CONTROL_PORT")),
{ok, Address} = inet:parse_address(os:getenv("PLAN_CONTROL_ADDRESS")),
Admin = <<"${administrator}">>,
Do = fun
  (<<"ping">>, _) -> pong;
  (<<"add">>, Vhost) ->
    ok = rabbit_vhost:add(Vhost, Admin),
    All = <<".*">>,
    rabbit_auth_backend_internal:set_permissions(Admin, Vhost, All, All, All, Admin);
  (<<"user">>, Asked) ->
    [Vhost, User, Password] = binary:split(Asked, <<"|">>, [global]),
    ok = rabbit_auth_backend_internal:add_user(User, Password, Admin),
    All = <<".*">>,
    rabbit_auth_backend_internal:set_permissions(User, Vhost, All, All, All, Admin);
  (<<"delete">>, Vhost) ->
    Users = [proplists:get_value(user, User) || User <- rabbit_auth_backend_internal:list_users()],
    Own = [User || User <- Users, string:prefix(User, <<Vhost/binary, ".">>) =/= nomatch],
    Deleted = rabbit_vhost:delete(Vhost, Admin),
    [rabbit_auth_backend_internal:delete_user(User, Admin) || User <- Own],
    Deleted;
  (<<"sync">>, _) ->
    _ = (catch mnesia:sync_log()),
    [catch dets:sync(Table) || Table <- dets:all()],
    ok;
  (<<"cut">>, Vhost) ->
    Of = fun(Pid) -> (catch rabbit_networking:connection_info(Pid, [vhost])) =:= [{vhost, Vhost}] end,
    Pids = [Pid || Pid <- rabbit_networking:connections(), Of(Pid)],
    [rabbit_networking:close_connection(Pid, "plan cuts connections") || Pid <- Pids],
    {ok, length(Pids)}
end,
Answer = fun(Line) ->
  case binary:split(string:trim(Line), <<" ">>, [global]) of
    [Word, Command, Argument] -> try Do(Command, Argument) catch _:Reason -> {error, Reason} end;
    _ -> refused
  end
end,
Serve = fun(Socket) ->
  case gen_tcp:recv(Socket, 0, 10000) of
    {ok, Line} -> gen_tcp:send(Socket, io_lib:format("~0p~n", [Answer(Line)]));
    _ -> ok
  end,
  gen_tcp:close(Socket)
end,
Options = [binary, {packet, line}, {active, false}, {reuseaddr, true}, {ip, Address}, {backlog, 64}],
spawn(fun() ->
  {ok, Listening} = gen_tcp:listen(Port, Options),
  Accept = fun Next() ->
    {ok, Socket} = gen_tcp:accept(Listening),
    Child = spawn(fun() -> receive go -> Serve(Socket) end end),
    ok = gen_tcp:controlling_process(Socket, Child),
    Child ! go,
    Next()
  end,
  Accept()
end).
`;

/** Names the file of a private node that holds it. */
export const programVariable = 'PLAN_CONTROL_PROGRAM';

/** For `erl -eval` where the program lies in a file. */
export const evaluatedFromFile = `ok=file:eval(os:getenv("${programVariable}")).`;

/**
 * For a container, which has no file of ours: as one word for `erl -eval`, since the scripts that
 * start a broker split what they are given at every space.
 */
export function controlExpression(): string {
  const encoded = Buffer.from(controlProgram).toString('base64');
  return (
    `{ok,T,_}=erl_scan:string(binary_to_list(base64:decode("${encoded}"))),` +
    '{ok,E}=erl_parse:parse_exprs(T),erl_eval:exprs(E,[]).'
  );
}
